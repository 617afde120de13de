<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="da" sourcelanguage="en">
<context>
    <name>Addresses</name>
    <message>
        <source>Meet (CRM)</source>
        <translation>Møde (CRM)</translation>
    </message>
    <message>
        <source>Deliver to (ERP)</source>
        <translation>Levering (ERP)</translation>
    </message>
    <message>
        <source>Invoice (ERP)</source>
        <translation>Faktura (ERP)</translation>
    </message>
    <message>
        <source>The CRM has no address.</source>
        <translation>CRM-systemet har ingen adresse.</translation>
    </message>
    <message>
        <source>The ERP has no address.</source>
        <translation>ERP-systemet har ingen adresse.</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Vis færre</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} mere</translation>
    </message>
</context>
<context>
    <name>CardHeader</name>
    <message>
        <source>No. {number}</source>
        <translation>Nr. {number}</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>Intet nummer</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Læs igen (F5)</translation>
    </message>
    <message>
        <source>The category is as it was.</source>
        <translation>Kategorien er, som den var.</translation>
    </message>
    <message>
        <source>In the CRM and in the ERP</source>
        <translation>Både i CRM og ERP</translation>
    </message>
    <message>
        <source>Linked, but the names differ</source>
        <translation>Forbundet, men navnene er forskellige</translation>
    </message>
    <message>
        <source>Several companies on one number</source>
        <translation>Flere virksomheder på ét nummer</translation>
    </message>
    <message>
        <source>Not linked to the ERP</source>
        <translation>Ikke forbundet med ERP</translation>
    </message>
    <message>
        <source>Unknown in the ERP</source>
        <translation>Ukendt i ERP</translation>
    </message>
    <message>
        <source>Unknown in the CRM</source>
        <translation>Ukendt i CRM</translation>
    </message>
    <message>
        <source>The CRM holds no customer number for this company.</source>
        <translation>CRM-systemet har intet kundenummer på denne virksomhed.</translation>
    </message>
    <message>
        <source>Without it there are no orders or prices here. Enter the ERP&apos;s number in the CRM.</source>
        <translation>Uden det er der hverken ordrer eller priser her. Skriv ERP-systemets nummer ind i CRM-systemet.</translation>
    </message>
    <message>
        <source>The ERP has no customer with the number {number}.</source>
        <translation>ERP-systemet har ingen kunde med nummer {number}.</translation>
    </message>
    <message>
        <source>Check the number in the CRM. The contact card works as usual.</source>
        <translation>Tjek nummeret i CRM-systemet. Kontaktkortet virker som ellers.</translation>
    </message>
    <message>
        <source>The CRM has no company with the number {number}.</source>
        <translation>CRM-systemet har ingen virksomhed med nummer {number}.</translation>
    </message>
    <message>
        <source>Orders work as usual. Enter the number at the right company in the CRM.</source>
        <translation>Ordrerne virker som ellers. Skriv nummeret på den rigtige virksomhed i CRM-systemet.</translation>
    </message>
    <message>
        <source>The ERP calls number {number} “{name}”.</source>
        <translation>ERP-systemet kalder nummer {number} “{name}”.</translation>
    </message>
    <message>
        <source>Make sure that both are the same customer before you write an order.</source>
        <translation>Sørg for, at det er den samme kunde, før du skriver en ordre.</translation>
    </message>
    <message>
        <source>{n} companies in the CRM hold the number {number}.</source>
        <translation>{n} virksomheder i CRM-systemet har nummer {number}.</translation>
    </message>
    <message>
        <source>A number belongs to one company. Correct it in the CRM; or open another one:</source>
        <translation>Et nummer hører til én virksomhed. Ret det i CRM-systemet, eller åbn en anden:</translation>
    </message>
</context>
<context>
    <name>CardPanel</name>
    <message>
        <source>Contact card</source>
        <translation>Kontaktkort</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Overblik</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Tidslinje</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Ordrer</translation>
    </message>
    <message>
        <source>Pages of the card</source>
        <translation>Kortets sider</translation>
    </message>
    <message>
        <source>Whose card?</source>
        <translation>Hvis kort?</translation>
    </message>
    <message>
        <source>Find a customer by name or number. The card shows what the CRM and the ERP know, side by side.</source>
        <translation>Find en kunde på navn eller nummer. Kortet viser, hvad CRM og ERP ved, side om side.</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>Find en kunde</translation>
    </message>
</context>
<context>
    <name>CategoryChip</name>
    <message>
        <source>not set</source>
        <translation>ikke valgt</translation>
    </message>
    <message>
        <source>{category}: click to change</source>
        <translation>{category}: klik for at ændre</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Henter…</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ingen</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Subject</source>
        <translation>Emne</translation>
    </message>
    <message>
        <source>What was said or agreed (may be empty)</source>
        <translation>Hvad blev sagt eller aftalt (kan udelades)</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Tekst</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>Med hvem</translation>
    </message>
    <message>
        <source>With nobody in particular</source>
        <translation>Ikke med en bestemt person</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Hvornår</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Gemmer…</translation>
    </message>
    <message>
        <source>Save in the CRM</source>
        <translation>Gem i CRM</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Kassér</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>What you typed is kept.</source>
        <translation>Det, du har skrevet, er bevaret.</translation>
    </message>
</context>
<context>
    <name>Connect</name>
    <message>
        <source>Connecting…</source>
        <translation>Forbinder…</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>Forbundet</translation>
    </message>
    <message>
        <source>Signed out</source>
        <translation>Ikke logget ind</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Svarer ikke</translation>
    </message>
    <message>
        <source>Not safe</source>
        <translation>Ikke sikker</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Ingen forbindelse</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Database</translation>
    </message>
</context>
<context>
    <name>Credit</name>
    <message>
        <source>Terms and credit</source>
        <translation>Betingelser og kredit</translation>
    </message>
    <message>
        <source>The ERP does not know this customer.</source>
        <translation>ERP-systemet kender ikke denne kunde.</translation>
    </message>
    <message>
        <source>Credit limit</source>
        <translation>Kreditmaksimum</translation>
    </message>
    <message>
        <source>Owed</source>
        <translation>Skyldig saldo</translation>
    </message>
    <message>
        <source>Of it overdue</source>
        <translation>Heraf forfaldent</translation>
    </message>
    <message>
        <source>Payment term</source>
        <translation>Betalingsbetingelse</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Prisliste</translation>
    </message>
    <message>
        <source>VAT number</source>
        <translation>Momsnummer</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>today {time}</source>
        <translation>i dag {time}</translation>
    </message>
    <message>
        <source>yesterday {time}</source>
        <translation>i går {time}</translation>
    </message>
    <message>
        <source>{day}, {time}</source>
        <translation>{day} kl. {time}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>lige nu</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>for {n} min. siden</translation>
    </message>
    <message>
        <source>{n} h ago</source>
        <translation>for {n} t. siden</translation>
    </message>
</context>
<context>
    <name>Half</name>
    <message>
        <source>What is shown here stays, what you typed is kept, and Samspil keeps trying.</source>
        <translation>Det viste bliver stående, det skrevne er bevaret, og Samspil bliver ved med at prøve.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Prøv nu</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Call</source>
        <translation>Opkald</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>Møde</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notat</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Opgave</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andet</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Opkald</translation>
    </message>
    <message>
        <source>Meetings</source>
        <translation>Møder</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>E-mails</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notater</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>Opgaver</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andet</translation>
    </message>
    <message>
        <source>Log a call</source>
        <translation>Log et opkald</translation>
    </message>
    <message>
        <source>Log a meeting</source>
        <translation>Log et møde</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Skriv et notat</translation>
    </message>
</context>
<context>
    <name>Lines</name>
    <message>
        <source>Item</source>
        <translation>Vare</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beskrivelse</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Enhed</translation>
    </message>
    <message>
        <source>List price</source>
        <translation>Listepris</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Rabat</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Pris</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>Moms</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Beløb</translation>
    </message>
    <message>
        <source>The ERP&apos;s price before discount, without VAT</source>
        <translation>ERP-systemets pris før rabat, uden moms</translation>
    </message>
    <message>
        <source>The ERP&apos;s price for this customer, quantity and day, without VAT</source>
        <translation>ERP-systemets pris for denne kunde, dette antal og denne dag, uden moms</translation>
    </message>
    <message>
        <source>The line&apos;s amount without VAT, as the ERP gives it</source>
        <translation>Linjens beløb uden moms, som ERP-systemet oplyser det</translation>
    </message>
    <message>
        <source>Qty</source>
        <translation>Antal</translation>
    </message>
    <message>
        <source>Item, bar code or name</source>
        <translation>Vare, stregkode eller navn</translation>
    </message>
    <message>
        <source>In the ERP</source>
        <translation>I ERP-systemet</translation>
    </message>
    <message>
        <source>Being typed</source>
        <translation>Skrives</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>Venter på at blive sendt</translation>
    </message>
    <message>
        <source>On its way to the ERP</source>
        <translation>På vej til ERP-systemet</translation>
    </message>
    <message>
        <source>No answer yet: being checked in the ERP</source>
        <translation>Intet svar endnu: tjekkes i ERP-systemet</translation>
    </message>
    <message>
        <source>Not in the ERP</source>
        <translation>Ikke i ERP-systemet</translation>
    </message>
    <message>
        <source>Somebody else changed it too</source>
        <translation>En anden har også ændret den</translation>
    </message>
    <message>
        <source>Looking up “{text}” in the ERP…</source>
        <translation>Slår “{text}” op i ERP-systemet…</translation>
    </message>
    <message>
        <source>“{text}” is not a number.</source>
        <translation>“{text}” er ikke et tal.</translation>
    </message>
    <message>
        <source>The ERP has no single product that “{text}” stands for.</source>
        <translation>ERP-systemet har ikke én bestemt vare, som “{text}” står for.</translation>
    </message>
    <message>
        <source>“{text}” is not a unit of this product.</source>
        <translation>“{text}” er ikke en enhed for denne vare.</translation>
    </message>
    <message>
        <source>The item is missing.</source>
        <translation>Varen mangler.</translation>
    </message>
    <message>
        <source>The quantity is missing.</source>
        <translation>Antallet mangler.</translation>
    </message>
    <message>
        <source>Typed by hand; kept when the quantity changes</source>
        <translation>Skrevet i hånden; beholdes, når antallet ændres</translation>
    </message>
</context>
<context>
    <name>LinesView</name>
    <message>
        <source>Order lines</source>
        <translation>Ordrelinjer</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>Call</source>
        <translation>Ring til</translation>
    </message>
    <message>
        <source>Write to</source>
        <translation>Skriv til</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Åbn</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopiér</translation>
    </message>
    <message>
        <source>Call the mobile</source>
        <translation>Ring til mobilen</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Dismiss</source>
        <translation>Luk</translation>
    </message>
    <message>
        <source>“{words}”</source>
        <translation>“{words}”</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detaljer</translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Skjul detaljer</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>{system} does not give you access to this.</source>
        <translation>{system} giver dig ikke adgang til dette.</translation>
    </message>
    <message>
        <source>Ask whoever manages its users.</source>
        <translation>Spørg den, der administrerer brugerne dér.</translation>
    </message>
    <message>
        <source>{system} does not have this.</source>
        <translation>{system} har ikke dette.</translation>
    </message>
    <message>
        <source>It may have been deleted there, or is not shown to you.</source>
        <translation>Det kan være slettet dér eller ikke være synligt for dig.</translation>
    </message>
    <message>
        <source>{system} has a newer version: somebody else changed this meanwhile.</source>
        <translation>{system} har en nyere version: en anden har ændret dette imens.</translation>
    </message>
    <message>
        <source>Nothing was written. Look at it as it is now and try again.</source>
        <translation>Intet er skrevet. Se på det, som det er nu, og prøv igen.</translation>
    </message>
    <message>
        <source>{system} asks before it goes on:</source>
        <translation>{system} spørger, før det fortsætter:</translation>
    </message>
    <message>
        <source>{system} did not accept this.</source>
        <translation>{system} godtog ikke dette.</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>Intet er skrevet.</translation>
    </message>
    <message>
        <source>{system} gave an answer that Samspil does not understand.</source>
        <translation>{system} gav et svar, som Samspil ikke forstår.</translation>
    </message>
    <message>
        <source>Try again. If it stays so, the details help your support.</source>
        <translation>Prøv igen. Bliver det ved, kan detaljerne hjælpe jeres support.</translation>
    </message>
    <message>
        <source>{system} has no safe connection, so nothing was sent to it.</source>
        <translation>{system} har ingen sikker forbindelse, så der er ikke sendt noget til det.</translation>
    </message>
    <message>
        <source>Check the address and the certificate.</source>
        <translation>Tjek adressen og certifikatet.</translation>
    </message>
    <message>
        <source>Something went wrong in Samspil itself.</source>
        <translation>Noget gik galt i selve Samspil.</translation>
    </message>
    <message>
        <source>It has been written to the log. Try again.</source>
        <translation>Det er skrevet i loggen. Prøv igen.</translation>
    </message>
    <message>
        <source>{system} cannot be reached.</source>
        <translation>{system} kan ikke nås.</translation>
    </message>
    <message>
        <source>Check the network, then try again.</source>
        <translation>Tjek netværket, og prøv så igen.</translation>
    </message>
    <message>
        <source>{system} takes too long to answer.</source>
        <translation>{system} er for længe om at svare.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Prøv igen om lidt.</translation>
    </message>
    <message>
        <source>{system} did not say whether it stored this.</source>
        <translation>{system} sagde ikke, om det har gemt dette.</translation>
    </message>
    <message>
        <source>Trying again is safe: it is stored only once.</source>
        <translation>Du kan roligt prøve igen: Det gemmes kun én gang.</translation>
    </message>
    <message>
        <source>{system} does not answer.</source>
        <translation>{system} svarer ikke.</translation>
    </message>
    <message>
        <source>User name or password is wrong.</source>
        <translation>Brugernavn eller adgangskode er forkert.</translation>
    </message>
    <message>
        <source>Check both and try again.</source>
        <translation>Tjek begge dele, og prøv igen.</translation>
    </message>
    <message>
        <source>{system} takes no more sign-ins for a while.</source>
        <translation>{system} tager ikke imod flere login for en tid.</translation>
    </message>
    <message>
        <source>There were too many wrong passwords. Wait a little, then try again.</source>
        <translation>Der var for mange forkerte adgangskoder. Vent lidt, og prøv så igen.</translation>
    </message>
    <message>
        <source>{system} needs you to sign in.</source>
        <translation>{system} beder dig logge ind.</translation>
    </message>
    <message>
        <source>Sign in again to go on.</source>
        <translation>Log ind igen for at fortsætte.</translation>
    </message>
    <message>
        <source>{system} does not know who you are.</source>
        <translation>{system} ved ikke, hvem du er.</translation>
    </message>
    <message>
        <source>Sign in to go on.</source>
        <translation>Log ind for at fortsætte.</translation>
    </message>
</context>
<context>
    <name>OrderHead</name>
    <message>
        <source>Deliver to (ERP)</source>
        <translation>Leveres til (ERP)</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Levering</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>Ønsket</translation>
    </message>
    <message>
        <source>Invoice to (ERP)</source>
        <translation>Faktureres (ERP)</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Prisliste</translation>
    </message>
    <message>
        <source>Payment</source>
        <translation>Betaling</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>pr. {time}</translation>
    </message>
    <message>
        <source>their reference {text}</source>
        <translation>deres reference {text}</translation>
    </message>
    <message>
        <source>Order {number}</source>
        <translation>Ordre {number}</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Ny ordre</translation>
    </message>
    <message>
        <source>Order without a number yet</source>
        <translation>Ordre uden nummer endnu</translation>
    </message>
</context>
<context>
    <name>OrderPanel</name>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Order lines</source>
        <translation>Ordrelinjer</translation>
    </message>
    <message>
        <source>No order is open</source>
        <translation>Ingen ordre er åben</translation>
    </message>
    <message>
        <source>Open one from the customer&apos;s orders, or begin a new one with Ctrl+N.</source>
        <translation>Åbn en fra kundens ordrer, eller begynd en ny med Ctrl+N.</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Ny ordre</translation>
    </message>
    <message>
        <source>Find a customer first: his orders are opened and new ones begun from his card.</source>
        <translation>Find først en kunde: Ordrer åbnes og nye begyndes fra kundens kort.</translation>
    </message>
    <message>
        <source>Asking the ERP for the order</source>
        <translation>Henter ordren i ERP-systemet</translation>
    </message>
    <message>
        <source>Asking the ERP for the order…</source>
        <translation>Henter ordren i ERP-systemet…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>The ERP is being asked</source>
        <translation>ERP-systemet bliver spurgt</translation>
    </message>
    <message>
        <source>The ERP takes no changes of lines in the state “{state}”.</source>
        <translation>ERP-systemet tager ikke imod ændringer af linjer i tilstanden “{state}”.</translation>
    </message>
    <message>
        <source>Yes, go on</source>
        <translation>Ja, fortsæt</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nej</translation>
    </message>
    <message>
        <source>What you typed is kept, and is sent when the ERP answers.</source>
        <translation>Det, du har skrevet, er bevaret og sendes, når ERP-systemet svarer.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Prøv nu</translation>
    </message>
    <message>
        <source>The ERP did not answer while lines were being stored.</source>
        <translation>ERP-systemet svarede ikke, mens linjer blev gemt.</translation>
    </message>
    <message>
        <source>Samspil is looking in the ERP which of them are there. Nothing is stored twice.</source>
        <translation>Samspil ser efter i ERP-systemet, hvilke af dem der er dér. Intet gemmes to gange.</translation>
    </message>
    <message>
        <source>Look now</source>
        <translation>Se efter nu</translation>
    </message>
    <message>
        <source>Some lines are not in the ERP yet, so nothing was done with the order.</source>
        <translation>Nogle linjer er ikke i ERP-systemet endnu, så der er ikke gjort noget ved ordren.</translation>
    </message>
    <message>
        <source>Put the lines in red right, or take them back.</source>
        <translation>Ret de røde linjer, eller fortryd dem.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Log ind</translation>
    </message>
    <message numerus="yes">
        <source>%n other line(s) wait for you: go to the next</source>
        <translation>
            <numerusform>%n anden linje venter på dig: gå til den</numerusform>
            <numerusform>%n andre linjer venter på dig: gå til den næste</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderTotals</name>
    <message>
        <source>Net</source>
        <translation>Netto</translation>
    </message>
    <message>
        <source>VAT</source>
        <translation>Moms</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>I alt</translation>
    </message>
    <message>
        <source>Totals as of the last answer, {time}</source>
        <translation>Beløb fra det seneste svar, {time}</translation>
    </message>
    <message>
        <source>The ERP has not counted it up yet</source>
        <translation>ERP-systemet har ikke regnet det sammen endnu</translation>
    </message>
</context>
<context>
    <name>OrdersModel</name>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Date</source>
        <translation>Dato</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Reference</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Tilstand</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>I alt</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Ny</translation>
    </message>
</context>
<context>
    <name>OrdersPage</name>
    <message>
        <source>Loading</source>
        <translation>Henter</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>Ny ordre</translation>
    </message>
    <message>
        <source>Orders of this customer</source>
        <translation>Kundens ordrer</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>The orders could not be read</source>
        <translation>Ordrerne kunne ikke hentes</translation>
    </message>
    <message>
        <source>Reading the orders…</source>
        <translation>Henter ordrerne…</translation>
    </message>
    <message>
        <source>No orders without a customer number</source>
        <translation>Ingen ordrer uden kundenummer</translation>
    </message>
    <message>
        <source>The CRM holds no customer number for this company, so the ERP&apos;s orders cannot be found.</source>
        <translation>CRM-systemet har intet kundenummer på virksomheden, så ordrerne i ERP-systemet kan ikke findes.</translation>
    </message>
    <message>
        <source>The ERP does not know this customer</source>
        <translation>ERP-systemet kender ikke denne kunde</translation>
    </message>
    <message>
        <source>Its orders would stand here.</source>
        <translation>Kundens ordrer ville stå her.</translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation>Ingen ordrer endnu</translation>
    </message>
    <message>
        <source>The customer&apos;s orders in the ERP stand here.</source>
        <translation>Her står kundens ordrer i ERP-systemet.</translation>
    </message>
</context>
<context>
    <name>PartCard</name>
    <message>
        <source>Loading</source>
        <translation>Henter</translation>
    </message>
    <message>
        <source>What is shown is from before.</source>
        <translation>Det viste er fra tidligere.</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <source>People</source>
        <translation>Personer</translation>
    </message>
    <message>
        <source>The CRM knows nobody at this company.</source>
        <translation>CRM-systemet kender ingen i denne virksomhed.</translation>
    </message>
</context>
<context>
    <name>PriceStrip</name>
    <message>
        <source>About the price</source>
        <translation>Om prisen</translation>
    </message>
    <message>
        <source>The ERP&apos;s own price: {price}</source>
        <translation>ERP-systemets egen pris: {price}</translation>
    </message>
    <message>
        <source>Why {price}?</source>
        <translation>Hvorfor {price}?</translation>
    </message>
    <message>
        <source>list price {price}</source>
        <translation>listepris {price}</translation>
    </message>
    <message>
        <source>from {quantity} {unit}</source>
        <translation>fra {quantity} {unit}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>til og med {day}</translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>siden {day}</translation>
    </message>
    <message>
        <source>discount {rate}</source>
        <translation>rabat {rate}</translation>
    </message>
    <message>
        <source>the rule in the ERP: {formula}</source>
        <translation>reglen i ERP-systemet: {formula}</translation>
    </message>
    <message>
        <source>From {quantity} → {price}</source>
        <translation>Fra {quantity} → {price}</translation>
    </message>
    <message>
        <source>{quantity} more → {price}</source>
        <translation>{quantity} mere → {price}</translation>
    </message>
    <message>
        <source>Set the quantity to {quantity} ({key})</source>
        <translation>Sæt antallet til {quantity} ({key})</translation>
    </message>
    <message>
        <source>Another price again from {quantities}</source>
        <translation>En anden pris igen fra {quantities}</translation>
    </message>
    <message>
        <source>In stock {quantity}</source>
        <translation>På lager {quantity}</translation>
    </message>
    <message>
        <source>expected {quantity}</source>
        <translation>forventet {quantity}</translation>
    </message>
    <message>
        <source>expected {quantity} on {day}</source>
        <translation>forventet {quantity} den {day}</translation>
    </message>
</context>
<context>
    <name>Processes</name>
    <message>
        <source>Show fewer</source>
        <translation>Vis færre</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} mere</translation>
    </message>
    <message>
        <source>Sales</source>
        <translation>Salg</translation>
    </message>
    <message>
        <source>No sales under way.</source>
        <translation>Ingen salg i gang.</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>Sager</translation>
    </message>
    <message>
        <source>No support cases.</source>
        <translation>Ingen supportsager.</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>Kampagner</translation>
    </message>
    <message>
        <source>Not part of any campaign.</source>
        <translation>Er ikke med i nogen kampagne.</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Samspil</source>
        <translation>Samspil</translation>
    </message>
    <message>
        <source>Some lines are not in the ERP yet.</source>
        <translation>Nogle linjer er ikke i ERP-systemet endnu.</translation>
    </message>
    <message>
        <source>Lines with an item and a quantity are kept here, and go on when Samspil is opened again.</source>
        <translation>Linjer med vare og antal gemmes her og fortsætter, når Samspil åbnes igen.</translation>
    </message>
    <message>
        <source>If Samspil closes now, what was typed in them is lost.</source>
        <translation>Lukkes Samspil nu, går det skrevne i dem tabt.</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Hold åben</translation>
    </message>
    <message>
        <source>Close without them</source>
        <translation>Luk uden dem</translation>
    </message>
    <message>
        <source>The set-up was cancelled. What is done already is kept.</source>
        <translation>Opsætningen blev afbrudt. Det, der er gjort, er bevaret.</translation>
    </message>
    <message>
        <source>The demo&apos;s systems could not be set up.</source>
        <translation>Demoens systemer kunne ikke sættes op.</translation>
    </message>
</context>
<context>
    <name>RowMessage</name>
    <message>
        <source>This line is not in the ERP. {what}</source>
        <translation>Denne linje er ikke i ERP-systemet. {what}</translation>
    </message>
    <message>
        <source>What you typed is kept.</source>
        <translation>Det, du har skrevet, er bevaret.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Fortryd</translation>
    </message>
    <message>
        <source>The line stays here as you typed it, and is sent when it is right.</source>
        <translation>Linjen bliver stående, som du skrev den, og sendes, når den er rettet.</translation>
    </message>
    <message>
        <source>The ERP has not said whether it stored this line.</source>
        <translation>ERP-systemet har ikke sagt, om det har gemt denne linje.</translation>
    </message>
    <message>
        <source>Samspil is looking in the ERP. It is stored once, never twice.</source>
        <translation>Samspil ser efter i ERP-systemet. Den gemmes én gang, aldrig to.</translation>
    </message>
    <message>
        <source>Somebody else changed this line at the same time.</source>
        <translation>En anden har ændret denne linje samtidig.</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>Behold min</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>Tag deres</translation>
    </message>
    <message>
        <source>They removed the line.</source>
        <translation>De har fjernet linjen.</translation>
    </message>
    <message>
        <source>You removed the line; they changed it.</source>
        <translation>Du har fjernet linjen; de har ændret den.</translation>
    </message>
    <message>
        <source>{field}: yours {mine}, theirs {theirs}, before {was}.</source>
        <translation>{field}: din {mine}, deres {theirs}, før {was}.</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search customers and people   {keys}</source>
        <translation>Søg kunder og personer   {keys}</translation>
    </message>
    <message>
        <source>Search customers and people</source>
        <translation>Søg kunder og personer</translation>
    </message>
</context>
<context>
    <name>SearchPopup</name>
    <message>
        <source>Searching</source>
        <translation>Søger</translation>
    </message>
    <message>
        <source>↑ ↓ choose   Enter open   Esc close</source>
        <translation>↑ ↓ vælg   Enter åbn   Esc luk</translation>
    </message>
    <message>
        <source>Search results</source>
        <translation>Søgeresultater</translation>
    </message>
    <message>
        <source>Type a name, a customer number, a phone number or an e-mail address.</source>
        <translation>Skriv et navn, et kundenummer, et telefonnummer eller en e-mailadresse.</translation>
    </message>
    <message>
        <source>Nothing found for “{text}”. Part of a name or of a number is enough.</source>
        <translation>Intet fundet for “{text}”. En del af et navn eller et nummer er nok.</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Søger…</translation>
    </message>
</context>
<context>
    <name>SideList</name>
    <message>
        <source>Recent</source>
        <translation>Seneste</translation>
    </message>
    <message>
        <source>The customers you open stand here. Find one with Ctrl+K.</source>
        <translation>Her står de kunder, du åbner. Find en med Ctrl+K.</translation>
    </message>
    <message>
        <source>Recently opened customers</source>
        <translation>Senest åbnede kunder</translation>
    </message>
</context>
<context>
    <name>SignInPane</name>
    <message>
        <source>Sign in to {system}</source>
        <translation>Log ind i {system}</translation>
    </message>
    <message>
        <source>The CRM says who is who and how to meet them. The orders work without it.</source>
        <translation>CRM-systemet ved, hvem der er hvem, og hvordan man møder dem. Ordrerne virker også uden.</translation>
    </message>
    <message>
        <source>The ERP has the customers&apos; orders and prices. The contact card works without it.</source>
        <translation>ERP-systemet har kundernes ordrer og priser. Kontaktkortet virker også uden.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Bruger</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Adgangskode</translation>
    </message>
    <message>
        <source>Stay signed in on this computer</source>
        <translation>Forbliv logget ind på denne computer</translation>
    </message>
    <message>
        <source>The operating system&apos;s own password store keeps it, and nothing else does.</source>
        <translation>Kun styresystemets eget adgangskodelager gemmer den.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Logger ind…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Log ind</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Tilbage</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>Fetching its programs</source>
        <translation>Henter programmer</translation>
    </message>
    <message>
        <source>Creating its database</source>
        <translation>Opretter databasen</translation>
    </message>
    <message>
        <source>Entering the demo data</source>
        <translation>Indtaster demodata</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Starter</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Venter</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Klar</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Stoppet</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>Getting Samspil ready</source>
        <translation>Samspil gøres klar</translation>
    </message>
    <message>
        <source>The first start sets up a real ERP and a real CRM on this computer and fills them with made-up data. Later starts take some seconds.</source>
        <translation>Første start sætter et rigtigt ERP- og et rigtigt CRM-system op på denne computer og fylder dem med opdigtede data. Senere starter tager nogle sekunder.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
</context>
<context>
    <name>SystemChip</name>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>{system}: {status}. Click for details.</source>
        <translation>{system}: {status}. Klik for detaljer.</translation>
    </message>
</context>
<context>
    <name>SystemDetails</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Signed in as</source>
        <translation>Logget ind som</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Svartid</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>This computer has no password store, so you sign in again at the next start.</source>
        <translation>Denne computer har intet adgangskodelager, så du skal logge ind igen ved næste start.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Prøv nu</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Log ud</translation>
    </message>
    <message>
        <source>Other account…</source>
        <translation>Anden konto…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
</context>
<context>
    <name>Systems</name>
    <message>
        <source>CRM</source>
        <translation>CRM</translation>
    </message>
    <message>
        <source>ERP</source>
        <translation>ERP</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tid</translation>
    </message>
    <message>
        <source>Expenses</source>
        <translation>Udlæg</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>Rapporter</translation>
    </message>
    <message>
        <source>The CRM</source>
        <translation>CRM-systemet</translation>
    </message>
    <message>
        <source>The ERP</source>
        <translation>ERP-systemet</translation>
    </message>
    <message>
        <source>The system ({name})</source>
        <translation>Systemet ({name})</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Show {kinds}</source>
        <translation>Vis {kinds}</translation>
    </message>
    <message>
        <source>Find in the timeline</source>
        <translation>Find i tidslinjen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Henter</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Tidslinje</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>The timeline could not be read</source>
        <translation>Tidslinjen kunne ikke hentes</translation>
    </message>
    <message>
        <source>Reading the timeline…</source>
        <translation>Henter tidslinjen…</translation>
    </message>
    <message>
        <source>No timeline</source>
        <translation>Ingen tidslinje</translation>
    </message>
    <message>
        <source>The CRM does not know this customer.</source>
        <translation>CRM-systemet kender ikke denne kunde.</translation>
    </message>
    <message>
        <source>Nothing fits the filter</source>
        <translation>Intet passer til filteret</translation>
    </message>
    <message>
        <source>Show other kinds, or look for another word.</source>
        <translation>Vis andre slags, eller søg efter et andet ord.</translation>
    </message>
    <message>
        <source>Nothing has been logged yet</source>
        <translation>Der er ikke logget noget endnu</translation>
    </message>
    <message>
        <source>Calls, meetings and notes with this company stand here. Log the first one above.</source>
        <translation>Her står opkald, møder og notater med virksomheden. Log det første ovenfor.</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Recent</source>
        <translation>Seneste</translation>
    </message>
    <message>
        <source>Contact card</source>
        <translation>Kontaktkort</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Show or hide: {part} ({keys})</source>
        <translation>Vis eller skjul: {part} ({keys})</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Som systemet</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Lyst</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Mørkt</translation>
    </message>
    <message>
        <source>The system&apos;s language</source>
        <translation>Systemets sprog</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Afslut</translation>
    </message>
</context>
<context>
    <name>RecoveredBar</name>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} had not been confirmed: in the ERP.</source>
        <translation>
            <numerusform>%n linje i ordre {number} fra {when} var ikke bekræftet: den er i ERP-systemet.</numerusform>
            <numerusform>%n linjer i ordre {number} fra {when} var ikke bekræftet: de er i ERP-systemet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} had not been confirmed: stored now.</source>
        <translation>
            <numerusform>%n linje i ordre {number} fra {when} var ikke bekræftet: den er gemt nu.</numerusform>
            <numerusform>%n linjer i ordre {number} fra {when} var ikke bekræftet: de er gemt nu.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} did not get into the ERP: typed in again, look at them.</source>
        <translation>
            <numerusform>%n linje i ordre {number} fra {when} kom ikke i ERP-systemet: den er tastet igen, se på den.</numerusform>
            <numerusform>%n linjer i ordre {number} fra {when} kom ikke i ERP-systemet: de er tastet igen, se på dem.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} did not get into the ERP, and the order is gone.</source>
        <translation>
            <numerusform>%n linje i ordre {number} fra {when} kom ikke i ERP-systemet, og ordren findes ikke mere.</numerusform>
            <numerusform>%n linjer i ordre {number} fra {when} kom ikke i ERP-systemet, og ordren findes ikke mere.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open order {number}</source>
        <translation>Åbn ordre {number}</translation>
    </message>
    <message>
        <source>Open the order</source>
        <translation>Åbn ordren</translation>
    </message>
    <message>
        <source>There is no keyring here, so lines on their way are not remembered if Samspil is ended by force.</source>
        <translation>Her er ingen nøglering, så linjer på vej huskes ikke, hvis Samspil afbrydes.</translation>
    </message>
    <message>
        <source>Samspil is open twice: this one does not remember lines on their way if it is ended by force.</source>
        <translation>Samspil er åben to gange: denne husker ikke linjer på vej, hvis den afbrydes.</translation>
    </message>
    <message>
        <source>The disk takes nothing, so lines on their way are not remembered if Samspil is ended by force.</source>
        <translation>Disken tager ikke imod noget, så linjer på vej huskes ikke, hvis Samspil afbrydes.</translation>
    </message>
    <message>
        <source>What Samspil remembered of lines on their way cannot be read: look at the orders you last worked on.</source>
        <translation>Det, Samspil huskede om linjer på vej, kan ikke læses: se på de ordrer, du sidst arbejdede med.</translation>
    </message>
</context>
</TS>
