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
        <source>Take from the favourites (Ctrl+Shift+F)</source>
        <translation>Fjern fra favoritterne (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Put among the favourites (Ctrl+Shift+F)</source>
        <translation>Føj til favoritterne (Ctrl+Shift+F)</translation>
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
        <source>Without it there are no orders or prices here.</source>
        <translation>Uden det er der ingen ordrer eller priser her.</translation>
    </message>
    <message>
        <source>The contact card works as usual; there are no orders or prices.</source>
        <translation>Kontaktkortet virker som sædvanligt; der er ingen ordrer eller priser.</translation>
    </message>
    <message>
        <source>Look at the link</source>
        <translation>Se på koblingen</translation>
    </message>
    <message>
        <source>Look for the number</source>
        <translation>Find nummeret</translation>
    </message>
    <message>
        <source>Create in the ERP…</source>
        <translation>Opret i ERP…</translation>
    </message>
    <message>
        <source>The ERP has no customer with the number {number}.</source>
        <translation>ERP-systemet har ingen kunde med nummer {number}.</translation>
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
        <source>Economy</source>
        <translation>Økonomi</translation>
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
        <source>{category}, on its way to the CRM</source>
        <translation>{category}, på vej til CRM</translation>
    </message>
    <message>
        <source>On its way to the CRM</source>
        <translation>På vej til CRM</translation>
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
        <source>Space marks, Enter chooses, Esc takes back</source>
        <translation>Mellemrum markerer, Enter vælger, Esc tager tilbage</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ingen</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Arrow keys, Home and End go from bar to bar</source>
        <translation>Piletasterne, Home og End går fra søjle til søjle</translation>
    </message>
</context>
<context>
    <name>Closing</name>
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
        <source>Some changes are not in the CRM yet: {names}.</source>
        <translation>Nogle ændringer er ikke i CRM endnu: {names}.</translation>
    </message>
    <message>
        <source>They are kept here, and go on when Samspil is opened again.</source>
        <translation>De gemmes her og sendes videre, når Samspil åbnes igen.</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Hold åben</translation>
    </message>
    <message>
        <source>Close without them</source>
        <translation>Luk uden dem</translation>
    </message>
</context>
<context>
    <name>CompanyNotice</name>
    <message>
        <source>not set</source>
        <translation>ikke valgt</translation>
    </message>
    <message>
        <source>The category is as it was.</source>
        <translation>Kategorien er, som den var.</translation>
    </message>
    <message>
        <source>The CRM has now: {value}.</source>
        <translation>CRM-systemet har nu: {value}.</translation>
    </message>
    <message>
        <source>Choose mine</source>
        <translation>Vælg min</translation>
    </message>
    <message>
        <source>Write mine</source>
        <translation>Skriv min</translation>
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
        <source>With whom?</source>
        <translation>Med hvem?</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Hvornår</translation>
    </message>
    <message>
        <source>They called</source>
        <translation>De ringede</translation>
    </message>
    <message>
        <source>They wrote</source>
        <translation>De skrev</translation>
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
        <source>This computer has no password store, so what you open is kept in memory only: it can be read offline until Samspil is closed.</source>
        <translation>Denne computer har ingen adgangskodeboks, så det, du åbner, gemmes kun i hukommelsen: det kan læses offline, indtil Samspil lukkes.</translation>
    </message>
    <message>
        <source>What you open can be read offline until Samspil is closed.</source>
        <translation>Det, du åbner, kan læses offline, indtil Samspil lukkes.</translation>
    </message>
    <message>
        <source>A newer Samspil has kept what was opened here. This one leaves that alone, and what you open can be read offline until it is closed.</source>
        <translation>En nyere Samspil har gemt det, der blev åbnet her. Denne rører det ikke, og det, du åbner, kan læses offline, indtil den lukkes.</translation>
    </message>
    <message>
        <source>The disk takes no more: what you open now may not be there when you are offline.</source>
        <translation>Der kan ikke skrives til disken: det, du åbner nu, er måske ikke til at læse, når du er offline.</translation>
    </message>
    <message>
        <source>What was kept for reading offline could not be read and was put aside. What you open from now on is kept.</source>
        <translation>Det, der var gemt til offline læsning, kunne ikke læses og er lagt til side. Det, du åbner fra nu af, gemmes.</translation>
    </message>
    <message>
        <source>What you open is kept encrypted on this computer, to be read offline.</source>
        <translation>Det, du åbner, gemmes krypteret på denne computer, så det kan læses offline.</translation>
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
        <source>Hours on customers and projects. Everything else works without it.</source>
        <translation>Timer på kunder og projekter. Alt andet virker også uden.</translation>
    </message>
    <message>
        <source>Travel expenses of customers and projects. Everything else works without it.</source>
        <translation>Rejseudgifter på kunder og projekter. Alt andet virker også uden.</translation>
    </message>
    <message>
        <source>Figures from all the systems, as pictures in the card.</source>
        <translation>Tal fra alle systemer, som billeder på kortet.</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Ser efter…</translation>
    </message>
    <message>
        <source>Not kept</source>
        <translation>Gemmes ikke</translation>
    </message>
    <message>
        <source>In this computer&apos;s password store</source>
        <translation>I denne computers adgangskodelager</translation>
    </message>
    <message>
        <source>Not kept: you sign in again at the next start</source>
        <translation>Gemmes ikke: du logger ind igen ved næste start</translation>
    </message>
    <message>
        <source>Not kept: this computer has no password store, or it is locked</source>
        <translation>Gemmes ikke: computeren har intet adgangskodelager, eller det er låst</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Database</translation>
    </message>
    <message>
        <source>Analytic axis</source>
        <translation>Analyseakse</translation>
    </message>
</context>
<context>
    <name>ConnectPage</name>
    <message>
        <source>Start working</source>
        <translation>Til arbejdet</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Senere</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Forbindelser</translation>
    </message>
    <message>
        <source>Each system keeps its own data, and you work in it with your own rights. Passwords are kept by the operating system&apos;s password store, and nowhere else.</source>
        <translation>Hvert system beholder sine egne data, og du arbejder i det med dine egne rettigheder. Adgangskoder gemmes i styresystemets adgangskodelager og ingen andre steder.</translation>
    </message>
    <message>
        <source>No system is installed</source>
        <translation>Der er ikke installeret noget system</translation>
    </message>
    <message>
        <source>A system is added to Samspil by whoever manages your computer.</source>
        <translation>Den, der administrerer din computer, kan føje et system til Samspil.</translation>
    </message>
</context>
<context>
    <name>ContactFields</name>
    <message>
        <source>Add {field}</source>
        <translation>Tilføj {field}</translation>
    </message>
    <message>
        <source>Correct {field} (F2)</source>
        <translation>Ret {field} (F2)</translation>
    </message>
    <message>
        <source>On its way to the CRM</source>
        <translation>På vej til CRM</translation>
    </message>
    <message>
        <source>First name</source>
        <translation>Fornavn</translation>
    </message>
    <message>
        <source>Last name</source>
        <translation>Efternavn</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>Telefon</translation>
    </message>
    <message>
        <source>Mobile</source>
        <translation>Mobil</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-mail</translation>
    </message>
    <message>
        <source>The CRM has now: {values}.</source>
        <translation>CRM-systemet har nu: {values}.</translation>
    </message>
</context>
<context>
    <name>CopyOut</name>
    <message>
        <source>By hand</source>
        <translation>I hånden</translation>
    </message>
    <message>
        <source>price</source>
        <translation>pris</translation>
    </message>
    <message>
        <source>discount</source>
        <translation>rabat</translation>
    </message>
</context>
<context>
    <name>CreateBar</name>
    <message>
        <source>Only the name goes into the ERP, which gives the customer its own number; that number is written into the CRM. Addresses, terms and prices are entered in the ERP by whoever looks after them there.</source>
        <translation>Kun navnet kommer i ERP, som giver kunden sit eget nummer; det nummer skrives i CRM. Adresser, betingelser og priser indtastes i ERP af den, der passer dem dér.</translation>
    </message>
    <message>
        <source>Looking whether the ERP has them already…</source>
        <translation>Ser efter, om ERP-systemet allerede har dem…</translation>
    </message>
    <message>
        <source>The ERP already has: {known}. Make sure that it is not the same customer.</source>
        <translation>ERP-systemet har allerede: {known}. Vær sikker på, at det ikke er samme kunde.</translation>
    </message>
    <message>
        <source>Make “{name}” a customer in the ERP?</source>
        <translation>Opret “{name}” som kunde i ERP?</translation>
    </message>
    <message>
        <source>Create in the ERP</source>
        <translation>Opret i ERP</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>The ERP is making “{name}” a customer…</source>
        <translation>ERP-systemet opretter “{name}” som kunde…</translation>
    </message>
    <message>
        <source>It is not known yet whether the ERP has made “{name}” a customer.</source>
        <translation>Det vides endnu ikke, om ERP-systemet har oprettet “{name}” som kunde.</translation>
    </message>
    <message>
        <source>It is being looked for, for a minute at the most. Nothing is made twice.</source>
        <translation>Der ledes efter den i højst et minut. Intet oprettes to gange.</translation>
    </message>
    <message>
        <source>The ERP has made it number {number}. The CRM is being told…</source>
        <translation>ERP-systemet har givet den nummer {number}. CRM-systemet får det at vide…</translation>
    </message>
    <message>
        <source>The ERP has made “{name}” number {number}, but the CRM does not answer.</source>
        <translation>ERP-systemet har givet “{name}” nummer {number}, men CRM-systemet svarer ikke.</translation>
    </message>
    <message>
        <source>The number is written there as soon as it does, also after a restart.</source>
        <translation>Nummeret skrives dér, så snart det svarer, også efter en genstart.</translation>
    </message>
    <message>
        <source>What was made in the ERP is taken out again…</source>
        <translation>Det, der blev oprettet i ERP, tages ud igen…</translation>
    </message>
    <message>
        <source>“{name}” is customer {number} in the ERP.</source>
        <translation>“{name}” er kunde {number} i ERP.</translation>
    </message>
    <message>
        <source>The number stands in the CRM. Its addresses are to be entered in the ERP.</source>
        <translation>Nummeret står i CRM. Adresserne skal indtastes i ERP.</translation>
    </message>
    <message>
        <source>Somebody else has given this company the number {number} meanwhile.</source>
        <translation>En anden har imens givet virksomheden nummer {number}.</translation>
    </message>
    <message>
        <source>Somebody else has changed the number of this company meanwhile.</source>
        <translation>En anden har imens ændret virksomhedens nummer.</translation>
    </message>
    <message>
        <source>No other customer was made.</source>
        <translation>Der blev ikke oprettet endnu en kunde.</translation>
    </message>
    <message>
        <source>The ERP has made number {number}, and neither of the systems takes it further.</source>
        <translation>ERP-systemet har oprettet nummer {number}, og ingen af systemerne tager det videre.</translation>
    </message>
    <message>
        <source>Enter the number in the CRM, or delete the customer in the ERP.</source>
        <translation>Skriv nummeret i CRM, eller slet kunden i ERP.</translation>
    </message>
    <message>
        <source>“{name}” was not made a customer.</source>
        <translation>“{name}” blev ikke oprettet som kunde.</translation>
    </message>
    <message>
        <source>Nothing is left of it in the ERP. Trying again is safe.</source>
        <translation>Der er intet tilbage af den i ERP. Det er sikkert at prøve igen.</translation>
    </message>
    <message>
        <source>Sign in to the {system}</source>
        <translation>Log ind i {system}</translation>
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
    <name>CreditLine</name>
    <message>
        <source>Credit limit {amount}</source>
        <translation>Kreditmaks. {amount}</translation>
    </message>
    <message>
        <source>owes {amount}</source>
        <translation>skylder {amount}</translation>
    </message>
    <message>
        <source>{amount} overdue</source>
        <translation>{amount} forfalden</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Reached</source>
        <translation>Nået</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Kryptering</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>Ur</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Svartid</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Login</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Rights</source>
        <translation>Rettigheder</translation>
    </message>
    <message>
        <source>It can</source>
        <translation>Kan</translation>
    </message>
    <message>
        <source>Well</source>
        <translation>I orden</translation>
    </message>
    <message>
        <source>Look at this</source>
        <translation>Se på dette</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Forkert</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Ikke prøvet</translation>
    </message>
    <message>
        <source>Nobody is signed in, and the password store keeps nothing for it.</source>
        <translation>Ingen er logget ind, og adgangskodelageret gemmer ikke noget til det.</translation>
    </message>
    <message>
        <source>{ms} ms</source>
        <translation>{ms} ms</translation>
    </message>
    <message>
        <source>Nothing beyond the least</source>
        <translation>Intet ud over det mindste</translation>
    </message>
    <message>
        <source>As {user}</source>
        <translation>Som {user}</translation>
    </message>
    <message>
        <source>{version}. Samspil is tested with {series}: with yours some things may not work.</source>
        <translation>{version}. Samspil er afprøvet med {series}: med din er der måske noget, der ikke virker.</translation>
    </message>
    <message>
        <source>Allowed: {rights}.</source>
        <translation>Tilladt: {rights}.</translation>
    </message>
    <message>
        <source>Not allowed, or not there: {rights}.</source>
        <translation>Ikke tilladt, eller findes ikke: {rights}.</translation>
    </message>
    <message>
        <source>You may read what it shows you.</source>
        <translation>Du må læse, hvad det viser dig.</translation>
    </message>
    <message>
        <source>Not needed: nothing leaves this computer.</source>
        <translation>Ikke nødvendig: intet forlader denne computer.</translation>
    </message>
    <message>
        <source>certificate from {issuer}</source>
        <translation>certifikat fra {issuer}</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>indtil {day}</translation>
    </message>
    <message>
        <source>As this computer&apos;s</source>
        <translation>Som denne computers</translation>
    </message>
    <message>
        <source>{seconds} s ahead of this computer&apos;s</source>
        <translation>{seconds} s foran denne computers</translation>
    </message>
    <message>
        <source>{seconds} s behind this computer&apos;s</source>
        <translation>{seconds} s efter denne computers</translation>
    </message>
    <message>
        <source>why a price</source>
        <translation>hvorfor en pris</translation>
    </message>
    <message>
        <source>price breaks</source>
        <translation>mængderabatter</translation>
    </message>
    <message>
        <source>stock</source>
        <translation>lager</translation>
    </message>
    <message>
        <source>credit limits</source>
        <translation>kreditgrænser</translation>
    </message>
    <message>
        <source>two people on one order</source>
        <translation>to personer på én ordre</translation>
    </message>
    <message>
        <source>discounts by hand</source>
        <translation>manuelle rabatter</translation>
    </message>
    <message>
        <source>delivery methods</source>
        <translation>leveringsmåder</translation>
    </message>
    <message>
        <source>documents</source>
        <translation>dokumenter</translation>
    </message>
    <message>
        <source>deliveries</source>
        <translation>leveringer</translation>
    </message>
    <message>
        <source>invoices</source>
        <translation>fakturaer</translation>
    </message>
    <message>
        <source>which customers are one&apos;s own</source>
        <translation>hvilke kunder der er ens egne</translation>
    </message>
    <message>
        <source>timeline</source>
        <translation>tidslinje</translation>
    </message>
    <message>
        <source>sales</source>
        <translation>salg</translation>
    </message>
    <message>
        <source>cases</source>
        <translation>sager</translation>
    </message>
    <message>
        <source>campaigns</source>
        <translation>kampagner</translation>
    </message>
    <message>
        <source>logging calls and meetings</source>
        <translation>at logge opkald og møder</translation>
    </message>
    <message>
        <source>writing notes</source>
        <translation>at skrive noter</translation>
    </message>
    <message>
        <source>logging e-mails</source>
        <translation>at logge e-mails</translation>
    </message>
    <message>
        <source>adding tasks</source>
        <translation>at oprette opgaver</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>opgaver</translation>
    </message>
    <message>
        <source>moving sales on</source>
        <translation>at flytte salg videre</translation>
    </message>
    <message>
        <source>setting categories</source>
        <translation>at sætte kategorier</translation>
    </message>
    <message>
        <source>correcting phones and e-mails</source>
        <translation>rette telefoner og e-mails</translation>
    </message>
    <message>
        <source>adding people</source>
        <translation>tilføje personer</translation>
    </message>
    <message>
        <source>setting the customer number</source>
        <translation>at sætte kundenummeret</translation>
    </message>
    <message>
        <source>making customers</source>
        <translation>oprettelse af kunder</translation>
    </message>
    <message>
        <source>titles and subtotals</source>
        <translation>overskrifter og subtotaler</translation>
    </message>
    <message>
        <source>all names for the search</source>
        <translation>alle navne til søgning</translation>
    </message>
    <message>
        <source>making orders</source>
        <translation>at oprette ordrer</translation>
    </message>
    <message>
        <source>changing orders</source>
        <translation>at ændre ordrer</translation>
    </message>
    <message>
        <source>projects</source>
        <translation>projekter</translation>
    </message>
    <message>
        <source>going on in it by oneself</source>
        <translation>at gå videre i det på egen hånd</translation>
    </message>
    <message>
        <source>what a customer usually buys</source>
        <translation>hvad en kunde plejer at købe</translation>
    </message>
</context>
<context>
    <name>Documents</name>
    <message>
        <source>This PDF cannot be shown or printed here.</source>
        <translation>Denne PDF kan ikke vises eller udskrives her.</translation>
    </message>
    <message>
        <source>It may be damaged or locked. Save it and open it with another program.</source>
        <translation>Den er måske beskadiget eller låst. Gem den, og åbn den med et andet program.</translation>
    </message>
    <message>
        <source>There is no room left there, so it was not saved.</source>
        <translation>Der er ikke plads dér, så det blev ikke gemt.</translation>
    </message>
    <message>
        <source>Choose another folder, or make room.</source>
        <translation>Vælg en anden mappe, eller skaf plads.</translation>
    </message>
    <message>
        <source>You may not save there.</source>
        <translation>Du må ikke gemme dér.</translation>
    </message>
    <message>
        <source>Choose another folder or another name.</source>
        <translation>Vælg en anden mappe eller et andet navn.</translation>
    </message>
    <message>
        <source>That folder is not there any more.</source>
        <translation>Mappen er der ikke længere.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Vælg en anden mappe.</translation>
    </message>
    <message>
        <source>This computer has no program for it, or it did not start.</source>
        <translation>Computeren har intet program til det, eller det startede ikke.</translation>
    </message>
    <message>
        <source>Save it instead, and use it from there.</source>
        <translation>Gem det i stedet, og brug det derfra.</translation>
    </message>
    <message>
        <source>It did not work.</source>
        <translation>Det lykkedes ikke.</translation>
    </message>
    <message>
        <source>Nothing is lost: try again, or save it somewhere else.</source>
        <translation>Intet er tabt: prøv igen, eller gem det et andet sted.</translation>
    </message>
</context>
<context>
    <name>DraftBar</name>
    <message>
        <source>You were writing this {when}. It is not in the CRM.</source>
        <translation>Du var ved at skrive dette {when}. Det er ikke i CRM-systemet.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsæt</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Kassér</translation>
    </message>
</context>
<context>
    <name>DueField</name>
    <message>
        <source>“{text}” is not a day. Type it as {example}, or +7 for a week from now.</source>
        <translation>“{text}” er ikke en dag. Skriv den som {example}, eller +7 for om en uge.</translation>
    </message>
    <message>
        <source>By when? +7, 4/12</source>
        <translation>Hvornår? +7, 4/12</translation>
    </message>
    <message>
        <source>To be done by</source>
        <translation>Skal være gjort senest</translation>
    </message>
</context>
<context>
    <name>Economy</name>
    <message>
        <source>No figures yet.</source>
        <translation>Ingen tal endnu.</translation>
    </message>
    <message>
        <source>Economy</source>
        <translation>Økonomi</translation>
    </message>
</context>
<context>
    <name>EconomyPage</name>
    <message>
        <source>Loading</source>
        <translation>Henter</translation>
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
        <source>No browser could be opened.</source>
        <translation>Ingen browser kunne åbnes.</translation>
    </message>
    <message>
        <source>Economy</source>
        <translation>Økonomi</translation>
    </message>
    <message>
        <source>As PDF</source>
        <translation>Som PDF</translation>
    </message>
    <message>
        <source>Show all panels on paper: to print, save or mail them</source>
        <translation>Vis alle paneler på papir: til at udskrive, gemme eller sende</translation>
    </message>
    <message>
        <source>Read everything again</source>
        <translation>Læs alt igen</translation>
    </message>
    <message>
        <source>Hours and expenses</source>
        <translation>Timer og udlæg</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Periode</translation>
    </message>
    <message>
        <source>12 months</source>
        <translation>12 måneder</translation>
    </message>
    <message>
        <source>This year</source>
        <translation>I år</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>Sidste år</translation>
    </message>
</context>
<context>
    <name>NoPanels</name>
    <message>
        <source>No economy without a customer number</source>
        <translation>Ingen økonomi uden kundenummer</translation>
    </message>
    <message>
        <source>The reporting system knows customers by their number, and this company has none in the CRM.</source>
        <translation>Rapportsystemet kender kunder på deres nummer, og denne virksomhed har intet i CRM.</translation>
    </message>
    <message>
        <source>No reporting system is connected</source>
        <translation>Intet rapportsystem er tilsluttet</translation>
    </message>
    <message>
        <source>Its pictures of turnover, margin and what is owed would stand here.</source>
        <translation>Dets billeder af omsætning, dækningsbidrag og tilgodehavender ville stå her.</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Forbindelser…</translation>
    </message>
    <message>
        <source>Reading the figures…</source>
        <translation>Læser tallene…</translation>
    </message>
    <message>
        <source>The figures could not be read</source>
        <translation>Tallene kunne ikke læses</translation>
    </message>
    <message>
        <source>No panels for you</source>
        <translation>Ingen paneler til dig</translation>
    </message>
    <message>
        <source>The reporting system has none of this kind that you may see.</source>
        <translation>Rapportsystemet har ingen af denne slags, som du må se.</translation>
    </message>
</context>
<context>
    <name>Elsewhere</name>
    <message>
        <source>Changes of other customers are not in the CRM yet.</source>
        <translation>Ændringer for andre kunder er ikke i CRM endnu.</translation>
    </message>
    <message>
        <source>They are kept. Open the card to see why:</source>
        <translation>De er gemt. Åbn kortet for at se hvorfor:</translation>
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
    <name>HeadField</name>
    <message>
        <source>Not a day. Type it as {example}, or +7 for a week from now.</source>
        <translation>Ikke en dato. Skriv den som {example}, eller +7 for om en uge.</translation>
    </message>
    <message>
        <source>Several fit: choose one.</source>
        <translation>Flere passer: vælg en.</translation>
    </message>
    <message>
        <source>The ERP does not offer this.</source>
        <translation>ERP har ikke dette at vælge.</translation>
    </message>
</context>
<context>
    <name>HeadQuestion</name>
    <message>
        <source>Take the new price of</source>
        <translation>Tag den nye pris på</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Antal</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Pris</translation>
    </message>
    <message>
        <source>Discount</source>
        <translation>Rabat</translation>
    </message>
    <message>
        <source>Tax</source>
        <translation>Moms</translation>
    </message>
    <message>
        <source>{item} · price by hand</source>
        <translation>{item} · pris sat i hånden</translation>
    </message>
    <message numerus="yes">
        <source>This would change the price of %n line(s).</source>
        <translation>
            <numerusform>Det ville ændre prisen på %n linje.</numerusform>
            <numerusform>Det ville ændre prisen på %n linjer.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is changed until you say so.</source>
        <translation>Intet ændres, før du siger til.</translation>
    </message>
    <message>
        <source>In another currency no price can stay the figure that it is.</source>
        <translation>I en anden valuta kan ingen pris blive stående som det tal, den er.</translation>
    </message>
    <message>
        <source>Prices that were set by hand stay unless you tick them.</source>
        <translation>Priser sat i hånden bliver stående, medmindre du sætter hak ved dem.</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ret det</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Lad det være</translation>
    </message>
    <message>
        <source>All new prices</source>
        <translation>Alle nye priser</translation>
    </message>
    <message>
        <source>Keep all prices</source>
        <translation>Behold alle priser</translation>
    </message>
    <message>
        <source>Lines whose price would change</source>
        <translation>Linjer, hvis pris ville ændre sig</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Delivery</source>
        <translation>Levering</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>Retur</translation>
    </message>
    <message>
        <source>Invoice</source>
        <translation>Faktura</translation>
    </message>
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
        <source>Orders</source>
        <translation>Ordrer</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>Leveringer</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Returer</translation>
    </message>
    <message>
        <source>Invoices</source>
        <translation>Fakturaer</translation>
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
        <source>Log an e-mail</source>
        <translation>Log en e-mail</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>Ny opgave</translation>
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
        <source>Waits for you: keep the price, or take the ERP&apos;s</source>
        <translation>Venter på dig: behold prisen, eller tag ERP-systemets</translation>
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
        <source>“{text}” has more digits than the ERP can keep exactly.</source>
        <translation>“{text}” har flere cifre, end ERP-systemet kan gemme nøjagtigt.</translation>
    </message>
    <message>
        <source>“{text}” is not a unit that the ERP sells this product in.</source>
        <translation>“{text}” er ikke en enhed, som ERP-systemet sælger varen i.</translation>
    </message>
    <message>
        <source>The ERP does not sell “{text}” any more.</source>
        <translation>ERP-systemet sælger ikke “{text}” længere.</translation>
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
        <source>“{text}” is not in the order&apos;s currency.</source>
        <translation>“{text}” er ikke i ordrens valuta.</translation>
    </message>
    <message>
        <source>The text is too long; it was cut where it stands in the cell.</source>
        <translation>Teksten er for lang; den er skåret af, hvor den står i cellen.</translation>
    </message>
    <message>
        <source>A price and the discount “{text}” were pasted together: empty one of the two.</source>
        <translation>En pris og rabatten “{text}” blev sat ind sammen: tøm én af de to.</translation>
    </message>
    <message>
        <source>It can be: {choices}.</source>
        <translation>Det kan være: {choices}.</translation>
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
    <name>LinkDetailView</name>
    <message>
        <source>Create in the ERP…</source>
        <translation>Opret i ERP…</translation>
    </message>
    <message>
        <source>They are the same customer</source>
        <translation>Det er samme kunde</translation>
    </message>
    <message>
        <source>It is one of our own</source>
        <translation>Det er et af vores egne</translation>
    </message>
    <message>
        <source>Open the card</source>
        <translation>Åbn kortet</translation>
    </message>
    <message>
        <source>Open the project</source>
        <translation>Åbn projektet</translation>
    </message>
    <message>
        <source>Suggested: {reason}</source>
        <translation>Forslag: {reason}</translation>
    </message>
    <message>
        <source>Already linked with “{name}”. A number belongs to one company.</source>
        <translation>Allerede forbundet med “{name}”. Et nummer hører til én virksomhed.</translation>
    </message>
    <message>
        <source>Accept: write {number} into the CRM</source>
        <translation>Godkend: skriv {number} i CRM</translation>
    </message>
    <message>
        <source>Accept: take {number} out of the CRM</source>
        <translation>Godkend: tag {number} ud af CRM</translation>
    </message>
    <message>
        <source>Look at this one</source>
        <translation>Se på denne</translation>
    </message>
    <message>
        <source>Not this one</source>
        <translation>Ikke denne</translation>
    </message>
</context>
<context>
    <name>LinkInbox</name>
    <message>
        <source>In the CRM</source>
        <translation>I CRM</translation>
    </message>
    <message>
        <source>In the ERP</source>
        <translation>I ERP</translation>
    </message>
    <message>
        <source>The CRM does not have this company any more.</source>
        <translation>CRM-systemet har ikke længere denne virksomhed.</translation>
    </message>
    <message>
        <source>Nobody in the ERP is held against it.</source>
        <translation>Der sammenlignes ikke med nogen i ERP.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Navn</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>VAT number</source>
        <translation>CVR-/momsnr.</translation>
    </message>
    <message>
        <source>Nobody in the ERP is like it</source>
        <translation>Ingen i ERP ligner den</translation>
    </message>
    <message>
        <source>No number</source>
        <translation>Intet nummer</translation>
    </message>
    <message>
        <source>Unknown number</source>
        <translation>Ukendt nummer</translation>
    </message>
    <message>
        <source>Shared number</source>
        <translation>Delt nummer</translation>
    </message>
    <message>
        <source>Names differ</source>
        <translation>Navne afviger</translation>
    </message>
    <message>
        <source>Project, unknown customer</source>
        <translation>Projekt, ukendt kunde</translation>
    </message>
    <message>
        <source>Project without customer</source>
        <translation>Projekt uden kunde</translation>
    </message>
    <message>
        <source>The CRM holds no customer number for this company.</source>
        <translation>CRM-systemet har intet kundenummer for denne virksomhed.</translation>
    </message>
    <message>
        <source>The ERP has no customer with the number {number}.</source>
        <translation>ERP-systemet har ingen kunde med nummer {number}.</translation>
    </message>
    <message>
        <source>The number {number} is also held by: {others}.</source>
        <translation>Nummer {number} står også på: {others}.</translation>
    </message>
    <message>
        <source>It fits this one, so it is the others that want another number.</source>
        <translation>Det passer til denne, så det er de andre, der skal have et andet nummer.</translation>
    </message>
    <message>
        <source>Linked, and with the same VAT number, but each system has another name.</source>
        <translation>Forbundet og med samme momsnummer, men systemerne har hver sit navn.</translation>
    </message>
    <message>
        <source>Linked by the number, but each system has another name.</source>
        <translation>Forbundet ved nummeret, men systemerne har hver sit navn.</translation>
    </message>
    <message>
        <source>Project {project} is of customer {number}, and the ERP has no customer with that number. It is put right in the time system.</source>
        <translation>Projekt {project} hører til kunde {number}, og ERP har ingen kunde med det nummer. Det rettes i timesystemet.</translation>
    </message>
    <message>
        <source>Project {project} says no customer number. Unless it is one of our own, it is put right in the time system.</source>
        <translation>Projekt {project} har intet kundenummer. Er det ikke et af vores egne, rettes det i timesystemet.</translation>
    </message>
    <message>
        <source>same VAT number {vat}</source>
        <translation>samme momsnummer {vat}</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>samme navn</translation>
    </message>
    <message>
        <source>similar name</source>
        <translation>lignende navn</translation>
    </message>
    <message>
        <source>the number fits the other company</source>
        <translation>nummeret passer til den anden virksomhed</translation>
    </message>
    <message>
        <source>Take the number out of this company</source>
        <translation>Tag nummeret ud af denne virksomhed</translation>
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
    <name>LinksPage</name>
    <message>
        <source>Reading</source>
        <translation>Læser</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Læs igen</translation>
    </message>
    <message>
        <source>Show again what was said no to ({n})</source>
        <translation>Vis igen det, der blev sagt nej til ({n})</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>Koblinger</translation>
    </message>
    <message>
        <source>Links between the CRM and the ERP</source>
        <translation>Koblinger mellem CRM og ERP</translation>
    </message>
    <message>
        <source>Back to work</source>
        <translation>Tilbage til arbejdet</translation>
    </message>
    <message>
        <source>Find in the list</source>
        <translation>Find i listen</translation>
    </message>
    <message>
        <source>Links to look at</source>
        <translation>Koblinger at se på</translation>
    </message>
    <message>
        <source>All {n}</source>
        <translation>Alle {n}</translation>
    </message>
    <message>
        <source>Reading both systems</source>
        <translation>Læser begge systemer</translation>
    </message>
    <message>
        <source>Their names and numbers are read a page at a time.</source>
        <translation>Deres navne og numre læses en side ad gangen.</translation>
    </message>
    <message>
        <source>Every link holds</source>
        <translation>Alle koblinger holder</translation>
    </message>
    <message>
        <source>Each company in the CRM has a number, and the ERP knows it by the same name.</source>
        <translation>Hver virksomhed i CRM har et nummer, og ERP kender den under samme navn.</translation>
    </message>
    <message>
        <source>None of the links is like that</source>
        <translation>Ingen koblinger er sådan</translation>
    </message>
    <message>
        <source>Choose another filter.</source>
        <translation>Vælg et andet filter.</translation>
    </message>
    <message>
        <source>Which links do not hold?</source>
        <translation>Hvilke koblinger holder ikke?</translation>
    </message>
    <message>
        <source>Companies without a number, numbers that point nowhere, two companies on one number, and names that differ. Both systems must answer, and show you their names.</source>
        <translation>Virksomheder uden nummer, numre der ikke peger på nogen, to virksomheder på ét nummer og navne der afviger. Begge systemer skal svare og vise dig deres navne.</translation>
    </message>
    <message>
        <source>{companies} companies from the CRM, {customers} customers from the ERP</source>
        <translation>{companies} virksomheder fra CRM, {customers} kunder fra ERP</translation>
    </message>
    <message>
        <source>{projects} projects from the time system</source>
        <translation>{projects} projekter fra timesystemet</translation>
    </message>
    <message>
        <source>What was found before stays.</source>
        <translation>Det, der blev fundet før, bliver stående.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>“{name}” is being written in the CRM…</source>
        <translation>“{name}” skrives i CRM…</translation>
    </message>
    <message>
        <source>The CRM did not say whether it stored the number of “{name}”.</source>
        <translation>CRM-systemet sagde ikke, om det gemte nummeret på “{name}”.</translation>
    </message>
    <message>
        <source>It is being found out. Nothing else is written until it is known.</source>
        <translation>Det undersøges. Intet andet skrives, før det vides.</translation>
    </message>
    <message>
        <source>“{name}” has the number {number} in the CRM.</source>
        <translation>“{name}” har nummer {number} i CRM.</translation>
    </message>
    <message>
        <source>“{name}” has no number in the CRM any more.</source>
        <translation>“{name}” har ikke længere noget nummer i CRM.</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Se igen</translation>
    </message>
    <message>
        <source>Take the number out again</source>
        <translation>Tag nummeret ud igen</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>Sæt det tilbage</translation>
    </message>
    <message>
        <source>“{name}” is customer {number} in the ERP, and has that number in the CRM.</source>
        <translation>“{name}” er kunde {number} i ERP og har det nummer i CRM.</translation>
    </message>
</context>
<context>
    <name>LogRow</name>
    <message>
        <source>Add</source>
        <translation>Tilføj</translation>
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
    <name>MoreLink</name>
    <message>
        <source>Show fewer</source>
        <translation>Vis færre</translation>
    </message>
    <message>
        <source>{n} more</source>
        <translation>{n} flere</translation>
    </message>
</context>
<context>
    <name>OfflineBar</name>
    <message>
        <source>Cancel: what is read so far stays</source>
        <translation>Annullér: det, der er læst, bliver</translation>
    </message>
    <message>
        <source>Do not keep these available offline</source>
        <translation>Hold dem ikke længere klar offline</translation>
    </message>
    <message>
        <source>Make available offline</source>
        <translation>Gør klar til offline</translation>
    </message>
    <message>
        <source>Reading for offline: {ready} of {total}</source>
        <translation>Læser til offline: {ready} af {total}</translation>
    </message>
    <message>
        <source>{ready} of {total} available offline. Goes on when the systems answer.</source>
        <translation>{ready} af {total} klar offline. Fortsætter, når systemerne svarer.</translation>
    </message>
    <message>
        <source>{ready} of {total} available offline. There is room for no more.</source>
        <translation>{ready} af {total} klar offline. Der er ikke plads til flere.</translation>
    </message>
    <message>
        <source>{ready} of {total} available offline</source>
        <translation>{ready} af {total} klar offline</translation>
    </message>
    <message>
        <source>, as of {time}</source>
        <translation>, som de var {time}</translation>
    </message>
    <message>
        <source>{n} of them in part</source>
        <translation>{n} af dem delvist</translation>
    </message>
    <message>
        <source>The disk takes no more</source>
        <translation>Disken kan ikke rumme mere</translation>
    </message>
    <message>
        <source>Only until Samspil is closed</source>
        <translation>Kun indtil Samspil lukkes</translation>
    </message>
</context>
<context>
    <name>OrderClipboard</name>
    <message>
        <source>Copy the selected lines</source>
        <translation>Kopiér de valgte linjer</translation>
    </message>
    <message>
        <source>Paste lines</source>
        <translation>Sæt linjer ind</translation>
    </message>
    <message>
        <source>Select all lines</source>
        <translation>Vælg alle linjer</translation>
    </message>
</context>
<context>
    <name>OrderCommands</name>
    <message>
        <source>More for this order</source>
        <translation>Mere til denne ordre</translation>
    </message>
    <message>
        <source>Undo {what}</source>
        <translation>Fortryd {what}</translation>
    </message>
    <message>
        <source>Redo {what}</source>
        <translation>Gendan {what}</translation>
    </message>
    <message>
        <source>Copy the line</source>
        <translation>Kopiér linjen</translation>
    </message>
    <message>
        <source>Move the line up</source>
        <translation>Flyt linjen op</translation>
    </message>
    <message>
        <source>Move the line down</source>
        <translation>Flyt linjen ned</translation>
    </message>
    <message>
        <source>Line of text</source>
        <translation>Tekstlinje</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Overskrift</translation>
    </message>
    <message>
        <source>Subtotal</source>
        <translation>Subtotal</translation>
    </message>
    <message>
        <source>Remove the line</source>
        <translation>Fjern linjen</translation>
    </message>
    <message>
        <source>Usual order…</source>
        <translation>Sædvanlig ordre…</translation>
    </message>
    <message>
        <source>Copy lines of an earlier order…</source>
        <translation>Kopiér linjer fra en tidligere ordre…</translation>
    </message>
    <message>
        <source>Copy order into a new one…</source>
        <translation>Kopiér ordren til en ny…</translation>
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
        <source>Their reference</source>
        <translation>Deres reference</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>Valuta</translation>
    </message>
    <message>
        <source>Price list</source>
        <translation>Prisliste</translation>
    </message>
    <message>
        <source>The ERP does not let this be changed in the state “{state}”.</source>
        <translation>ERP tillader ikke, at dette ændres i tilstanden “{state}”.</translation>
    </message>
    <message>
        <source>The ERP does not let this be changed once the order has lines.</source>
        <translation>ERP tillader ikke, at dette ændres, når ordren har linjer.</translation>
    </message>
    <message>
        <source>The ERP does not let you change this.</source>
        <translation>ERP tillader ikke, at du ændrer dette.</translation>
    </message>
    <message>
        <source>This can be changed when the ERP answers again.</source>
        <translation>Dette kan ændres, når ERP svarer igen.</translation>
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
        <source>Order&apos;s head</source>
        <translation>Ordrehoved</translation>
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
    <message>
        <source>Waits to be stored</source>
        <translation>Venter på at blive gemt</translation>
    </message>
    <message>
        <source>Asking the ERP</source>
        <translation>Spørger ERP</translation>
    </message>
    <message>
        <source>Being stored</source>
        <translation>Gemmes</translation>
    </message>
    <message>
        <source>Looking in the ERP</source>
        <translation>Ser efter i ERP</translation>
    </message>
    <message>
        <source>Not stored</source>
        <translation>Ikke gemt</translation>
    </message>
    <message>
        <source>Somebody else changed this in the order at the same time.</source>
        <translation>En anden ændrede dette i ordren samtidig.</translation>
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
        <source>This change is not in the ERP. {what}</source>
        <translation>Ændringen er ikke i ERP. {what}</translation>
    </message>
    <message>
        <source>What you typed is kept.</source>
        <translation>Det, du skrev, er bevaret.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Tag det tilbage</translation>
    </message>
    <message>
        <source>The ERP is asked what this does to the lines: {done} of {of}.</source>
        <translation>ERP bliver spurgt, hvad det gør ved linjerne: {done} af {of}.</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>Lad det være</translation>
    </message>
    <message>
        <source>{field}: yours {mine}, theirs {theirs}, before {was}.</source>
        <translation>{field}: din {mine}, deres {theirs}, før {was}.</translation>
    </message>
    <message>
        <source>“{text}”</source>
        <translation>“{text}”</translation>
    </message>
</context>
<context>
    <name>OrderPanel</name>
    <message>
        <source>Order</source>
        <translation>Ordre</translation>
    </message>
    <message>
        <source>Change the order&apos;s head</source>
        <translation>Ret ordrehovedet</translation>
    </message>
    <message>
        <source>Read the order again</source>
        <translation>Læs ordren igen</translation>
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
        <source>The order as of {time}, offline: it can be read, and edited when the ERP answers again.</source>
        <translation>Ordren, som den var {time}, offline: den kan læses, og den kan ændres, når ERP-systemet svarer igen.</translation>
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
    <name>OrderUndo</name>
    <message>
        <source>Somebody else has changed it since, so it was left as it is.</source>
        <translation>En anden har ændret det siden, så det blev ladt, som det er.</translation>
    </message>
    <message>
        <source>Somebody else has removed the line since, so there is nothing to change.</source>
        <translation>En anden har fjernet linjen siden, så der er intet at ændre.</translation>
    </message>
    <message>
        <source>item of line {line}</source>
        <translation>vare på linje {line}</translation>
    </message>
    <message>
        <source>description of line {line}</source>
        <translation>tekst på linje {line}</translation>
    </message>
    <message>
        <source>quantity of line {line}</source>
        <translation>antal på linje {line}</translation>
    </message>
    <message>
        <source>unit of line {line}</source>
        <translation>enhed på linje {line}</translation>
    </message>
    <message>
        <source>price of line {line}</source>
        <translation>pris på linje {line}</translation>
    </message>
    <message>
        <source>discount of line {line}</source>
        <translation>rabat på linje {line}</translation>
    </message>
    <message>
        <source>new line {line}</source>
        <translation>ny linje {line}</translation>
    </message>
    <message>
        <source>removal of line {line}</source>
        <translation>fjernelse af linje {line}</translation>
    </message>
    <message>
        <source>copy of line {line}</source>
        <translation>kopi af linje {line}</translation>
    </message>
    <message>
        <source>move of line {line}</source>
        <translation>flytning af linje {line}</translation>
    </message>
    <message>
        <source>taking back line {line}</source>
        <translation>tilbagetagning af linje {line}</translation>
    </message>
    <message>
        <source>lines of earlier orders</source>
        <translation>linjer fra tidligere ordrer</translation>
    </message>
    <message>
        <source>pasting of line {line} and others</source>
        <translation>indsætning af linje {line} og andre</translation>
    </message>
    <message>
        <source>stopping of the paste</source>
        <translation>standsning af indsætningen</translation>
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
        <source>Open the order</source>
        <translation>Åbn ordren</translation>
    </message>
    <message>
        <source>Copy into a new order…</source>
        <translation>Kopiér til en ny ordre…</translation>
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
    <name>OverviewPrint</name>
    <message>
        <source>Making the PDF: {done} of {all}</source>
        <translation>Laver PDF-filen: {done} af {all}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>no name</source>
        <translation>uden navn</translation>
    </message>
    <message>
        <source>no figure</source>
        <translation>intet tal</translation>
    </message>
    <message>
        <source>thousand</source>
        <translation>tusind</translation>
    </message>
    <message>
        <source>million</source>
        <translation>mio.</translation>
    </message>
    <message>
        <source>billion</source>
        <translation>mia.</translation>
    </message>
    <message>
        <source>trillion</source>
        <translation>bio.</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>timer</translation>
    </message>
    <message>
        <source>{source}: it is not known how old the data are</source>
        <translation>{source}: det vides ikke, hvor gamle dataene er</translation>
    </message>
    <message>
        <source>{source}: data as of {time}</source>
        <translation>{source}: data fra {time}</translation>
    </message>
    <message>
        <source>The reporting system gives no picture of it; its table has the figures.</source>
        <translation>Rapportsystemet giver intet billede af det; tallene står i tabellen.</translation>
    </message>
    <message>
        <source>No figures for this project</source>
        <translation>Ingen tal for dette projekt</translation>
    </message>
    <message>
        <source>No figures for this customer</source>
        <translation>Ingen tal for denne kunde</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} t</translation>
    </message>
</context>
<context>
    <name>PanelView</name>
    <message>
        <source>Copy the table</source>
        <translation>Kopiér tabellen</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Eksportér som CSV…</translation>
    </message>
    <message>
        <source>Open in the reporting system</source>
        <translation>Åbn i rapportsystemet</translation>
    </message>
    <message>
        <source>More for “{panel}”</source>
        <translation>Mere om “{panel}”</translation>
    </message>
    <message>
        <source>currency</source>
        <translation>valuta</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n række kopieret</numerusform>
            <numerusform>%n rækker kopieret</numerusform>
        </translation>
    </message>
    <message>
        <source>Show the picture</source>
        <translation>Vis billedet</translation>
    </message>
    <message>
        <source>Show the table</source>
        <translation>Vis tabellen</translation>
    </message>
    <message>
        <source>Figures in {currency}</source>
        <translation>Tal i {currency}</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>{title} (continued)</source>
        <translation>{title} (fortsat)</translation>
    </message>
    <message>
        <source>Printed {time}</source>
        <translation>Udskrevet {time}</translation>
    </message>
    <message>
        <source>Page {page}</source>
        <translation>Side {page}</translation>
    </message>
</context>
<context>
    <name>Papers</name>
    <message>
        <source>Document</source>
        <translation>Dokument</translation>
    </message>
    <message>
        <source>Show, print, save or mail what the ERP makes of this order</source>
        <translation>Vis, udskriv, gem eller send det dokument, som ERP laver af ordren</translation>
    </message>
    <message>
        <source>Show the document…</source>
        <translation>Vis dokumentet…</translation>
    </message>
    <message>
        <source>Print the document…</source>
        <translation>Udskriv dokumentet…</translation>
    </message>
    <message>
        <source>Save the document as…</source>
        <translation>Gem dokumentet som…</translation>
    </message>
    <message>
        <source>Send the document by mail…</source>
        <translation>Send dokumentet med mail…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>The lines go into the ERP first, then it makes the document.</source>
        <translation>Linjerne kommer først i ERP, så laver det dokumentet.</translation>
    </message>
    <message>
        <source>Some lines are not in the ERP yet, so they would not be in the document.</source>
        <translation>Nogle linjer er ikke i ERP endnu, så de ville mangle i dokumentet.</translation>
    </message>
    <message>
        <source>Put the lines in red right, or go on with what the ERP has.</source>
        <translation>Ret de røde linjer, eller fortsæt med det, som ERP har.</translation>
    </message>
    <message>
        <source>Go on without them</source>
        <translation>Fortsæt uden dem</translation>
    </message>
    <message>
        <source>The ERP is making “{name}”…</source>
        <translation>ERP laver “{name}”…</translation>
    </message>
    <message>
        <source>Asking the ERP…</source>
        <translation>Spørger ERP…</translation>
    </message>
    <message>
        <source>The ERP makes no document of this order.</source>
        <translation>ERP laver intet dokument af denne ordre.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>Which document?</source>
        <translation>Hvilket dokument?</translation>
    </message>
    <message>
        <source>Handing it to your mail program…</source>
        <translation>Giver det til dit mailprogram…</translation>
    </message>
    <message>
        <source>It is in a new mail of your mail program. Nothing is sent yet.</source>
        <translation>Det ligger i en ny mail i dit mailprogram. Intet er sendt endnu.</translation>
    </message>
    <message>
        <source>The ERP made no PDF, so it cannot be printed from here.</source>
        <translation>ERP lavede ingen PDF, så det kan ikke udskrives herfra.</translation>
    </message>
    <message>
        <source>The ERP made no PDF, so it cannot be shown here.</source>
        <translation>ERP lavede ingen PDF, så det kan ikke vises her.</translation>
    </message>
    <message>
        <source>“{name}” can be opened with the program for such files.</source>
        <translation>“{name}” kan åbnes med programmet til den slags filer.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Åbn</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Gem som…</translation>
    </message>
    <message>
        <source>As the ERP had it at {time}</source>
        <translation>Som ERP havde det kl. {time}</translation>
    </message>
    <message>
        <source>Made at {time}</source>
        <translation>Lavet {time}</translation>
    </message>
    <message>
        <source>Printing…</source>
        <translation>Udskriver…</translation>
    </message>
    <message>
        <source>It was given to the printer.</source>
        <translation>Det er givet til printeren.</translation>
    </message>
    <message>
        <source>Save the document as</source>
        <translation>Gem dokumentet som</translation>
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
    <name>Parts</name>
    <message>
        <source>as of {time}, offline</source>
        <translation>pr. {time}, offline</translation>
    </message>
</context>
<context>
    <name>PasteBar</name>
    <message numerus="yes">
        <source>Looking up %n item(s)…</source>
        <translation>
            <numerusform>Slår %n vare op…</numerusform>
            <numerusform>Slår %n varer op…</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Læser…</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) on the way into the ERP</source>
        <translation>
            <numerusform>%n linje på vej ind i ERP</numerusform>
            <numerusform>%n linjer på vej ind i ERP</numerusform>
        </translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annullér</translation>
    </message>
    <message>
        <source>What is in the ERP stays; the other lines are taken out again.</source>
        <translation>Det, der er i ERP, bliver; de andre linjer tages ud igen.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) wait for you, in red as they were pasted.</source>
        <translation>
            <numerusform>%n linje venter på dig, i rødt, som den blev sat ind.</numerusform>
            <numerusform>%n linjer venter på dig, i rødt, som de blev sat ind.</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to the next</source>
        <translation>Gå til den næste</translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n line(s) are in the ERP and stay.</source>
        <translation>
            <numerusform>Standset. %n linje er i ERP og bliver.</numerusform>
            <numerusform>Standset. %n linjer er i ERP og bliver.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) were taken out of the order again.</source>
        <translation>
            <numerusform>%n linje blev taget ud af ordren igen.</numerusform>
            <numerusform>%n linjer blev taget ud af ordren igen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. Nothing was put in the order.</source>
        <translation>Standset. Intet blev sat ind i ordren.</translation>
    </message>
    <message>
        <source>Nothing was pasted: one paste takes {most} rows at most.</source>
        <translation>Intet blev sat ind: der kan højst sættes {most} rækker ind ad gangen.</translation>
    </message>
    <message>
        <source>Copy fewer rows at a time.</source>
        <translation>Kopiér færre rækker ad gangen.</translation>
    </message>
    <message>
        <source>Nothing was pasted: there are no order lines on the clipboard.</source>
        <translation>Intet blev sat ind: der er ingen ordrelinjer på udklipsholderen.</translation>
    </message>
    <message>
        <source>Copy rows with an item and a quantity, and if you like price, discount and text.</source>
        <translation>Kopiér rækker med vare og antal og, om du vil, pris, rabat og tekst.</translation>
    </message>
    <message>
        <source>Nothing was pasted.</source>
        <translation>Intet blev sat ind.</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are in the ERP.</source>
        <translation>
            <numerusform>%n linje er i ERP.</numerusform>
            <numerusform>%n linjer er i ERP.</numerusform>
        </translation>
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
    <message>
        <source>Add a person</source>
        <translation>Tilføj en person</translation>
    </message>
    <message>
        <source>Correct {name}</source>
        <translation>Ret {name}</translation>
    </message>
    <message>
        <source>Write mine</source>
        <translation>Skriv min</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>Ret det</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <source>Add to the CRM</source>
        <translation>Tilføj i CRM</translation>
    </message>
    <message>
        <source>Correct in the CRM</source>
        <translation>Ret i CRM</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>A new person</source>
        <translation>En ny person</translation>
    </message>
    <message>
        <source>Correct a person</source>
        <translation>Ret en person</translation>
    </message>
</context>
<context>
    <name>PriceCheck</name>
    <message>
        <source>Ticked lines take the ERP&apos;s price; the others keep theirs.</source>
        <translation>Afkrydsede linjer får ERP-systemets pris; de andre beholder deres.</translation>
    </message>
    <message>
        <source>Do so</source>
        <translation>Gør det</translation>
    </message>
    <message>
        <source>Decide later</source>
        <translation>Beslut senere</translation>
    </message>
    <message>
        <source>All take the ERP&apos;s</source>
        <translation>Alle får ERP-systemets</translation>
    </message>
    <message>
        <source>All keep theirs</source>
        <translation>Alle beholder deres</translation>
    </message>
    <message>
        <source>Lines that the ERP would price differently</source>
        <translation>Linjer, som ERP-systemet ville prissætte anderledes</translation>
    </message>
    <message>
        <source>Check the prices against the ERP&apos;s of today</source>
        <translation>Kontrollér priserne mod ERP-systemets i dag</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Luk</translation>
    </message>
    <message>
        <source>Asking the ERP for today&apos;s prices: {done} of {of} lines.</source>
        <translation>Spørger ERP-systemet om dagens priser: {done} af {of} linjer.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annullér</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>No price was changed.</source>
        <translation>Ingen pris blev ændret.</translation>
    </message>
    <message>
        <source>Every line stands at the ERP&apos;s price of today.</source>
        <translation>Alle linjer står til ERP-systemets pris i dag.</translation>
    </message>
</context>
<context>
    <name>PriceChecking</name>
    <message numerus="yes">
        <source>The ERP did not price %n line(s): {items}</source>
        <translation>
            <numerusform>ERP-systemet prissatte ikke %n linje: {items}</numerusform>
            <numerusform>ERP-systemet prissatte ikke %n linjer: {items}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceQuestion</name>
    <message numerus="yes">
        <source>The ERP would price %n line(s) differently today.</source>
        <translation>
            <numerusform>ERP-systemet ville prissætte %n linje anderledes i dag.</numerusform>
            <numerusform>ERP-systemet ville prissætte %n linjer anderledes i dag.</numerusform>
        </translation>
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
    <name>ProductCard</name>
    <message>
        <source>No order is open. Find a customer first; then a product goes on his order&apos;s next line.</source>
        <translation>Ingen ordre er åben. Find først en kunde; så kommer en vare på ordrens næste linje.</translation>
    </message>
    <message>
        <source>No order is open that takes another line.</source>
        <translation>Der er ingen åben ordre, der kan få en linje mere.</translation>
    </message>
    <message>
        <source>New order with it</source>
        <translation>Ny ordre med den</translation>
    </message>
</context>
<context>
    <name>ProductEditor</name>
    <message>
        <source>bar code {code}</source>
        <translation>stregkode {code}</translation>
    </message>
    <message>
        <source>the customer&apos;s {code}</source>
        <translation>kundens {code}</translation>
    </message>
</context>
<context>
    <name>Program</name>
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
    <name>ProjectPanel</name>
    <message>
        <source>Project {number}</source>
        <translation>Projekt {number}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Åbent</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Lukket</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Henter</translation>
    </message>
    <message>
        <source>Project card</source>
        <translation>Projektkort</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Economy</source>
        <translation>Økonomi</translation>
    </message>
    <message>
        <source>Pages of the card</source>
        <translation>Kortets sider</translation>
    </message>
    <message>
        <source>Read again (F5)</source>
        <translation>Læs igen (F5)</translation>
    </message>
    <message>
        <source>Back to {customer} ({keys})</source>
        <translation>Tilbage til {customer} ({keys})</translation>
    </message>
    <message>
        <source>Open the card of {customer}</source>
        <translation>Åbn {customer}s kort</translation>
    </message>
    <message>
        <source>No. {number}</source>
        <translation>Nr. {number}</translation>
    </message>
    <message>
        <source>For {customer}, without a customer number in the time system.</source>
        <translation>For {customer}, uden kundenummer i tidssystemet.</translation>
    </message>
    <message>
        <source>No customer: one of our own.</source>
        <translation>Ingen kunde: et af vores egne.</translation>
    </message>
    <message>
        <source>Take from the favourites (Ctrl+Shift+F)</source>
        <translation>Fjern fra favoritterne (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>Put among the favourites (Ctrl+Shift+F)</source>
        <translation>Føj til favoritterne (Ctrl+Shift+F)</translation>
    </message>
    <message>
        <source>There is no project with the number {number}.</source>
        <translation>Der er intet projekt med nummeret {number}.</translation>
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
    <name>Projects</name>
    <message>
        <source>Projects</source>
        <translation>Projekter</translation>
    </message>
    <message>
        <source>No projects.</source>
        <translation>Ingen projekter.</translation>
    </message>
    <message>
        <source>Open project {number}, {name}</source>
        <translation>Åbn projekt {number}, {name}</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>lukket</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>The time system says nothing of it.</source>
        <translation>Tidssystemet siger intet om det.</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>Begynder</translation>
    </message>
    <message>
        <source>Ends</source>
        <translation>Slutter</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personer</translation>
    </message>
    <message>
        <source>Hours and cost</source>
        <translation>Timer og omkostninger</translation>
    </message>
    <message>
        <source>The time system has no figures of it, or does not show them to you.</source>
        <translation>Tidssystemet har ingen tal for det, eller viser dig dem ikke.</translation>
    </message>
    <message>
        <source>Hours planned</source>
        <translation>Planlagte timer</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fremdrift</translation>
    </message>
    <message>
        <source>Hours until now</source>
        <translation>Timer indtil nu</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kostpris</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Omsætning</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} t</translation>
    </message>
    <message>
        <source>Customer in the CRM</source>
        <translation>Kunden i CRM</translation>
    </message>
    <message>
        <source>No company in the CRM has this number.</source>
        <translation>Ingen virksomhed i CRM har dette nummer.</translation>
    </message>
    <message>
        <source>Customer in the ERP</source>
        <translation>Kunden i ERP</translation>
    </message>
    <message>
        <source>The ERP has no customer with this number.</source>
        <translation>ERP har ingen kunde med dette nummer.</translation>
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
        <source>A change of order {number}&apos;s head from {when} had not been confirmed: in the ERP.</source>
        <translation>En ændring i hovedet på ordre {number} fra {when} var ikke bekræftet: den er i ERP.</translation>
    </message>
    <message>
        <source>A change of order {number}&apos;s head from {when} had not been confirmed: stored now.</source>
        <translation>En ændring i hovedet på ordre {number} fra {when} var ikke bekræftet: den er gemt nu.</translation>
    </message>
    <message>
        <source>A change of order {number}&apos;s head from {when} did not get into the ERP: typed in again, look at it.</source>
        <translation>En ændring i hovedet på ordre {number} fra {when} kom ikke ind i ERP: den er skrevet ind igen, se på den.</translation>
    </message>
    <message>
        <source>A change of order {number}&apos;s head from {when} did not get into the ERP, and the order is gone.</source>
        <translation>En ændring i hovedet på ordre {number} fra {when} kom ikke ind i ERP, og ordren er væk.</translation>
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
<context>
    <name>Reuse</name>
    <message>
        <source>Line</source>
        <translation>Linje</translation>
    </message>
    <message>
        <source>ticked</source>
        <translation>valgt</translation>
    </message>
    <message>
        <source>not ticked</source>
        <translation>ikke valgt</translation>
    </message>
    <message>
        <source>in one order</source>
        <translation>i én ordre</translation>
    </message>
    <message>
        <source>in {count} orders</source>
        <translation>i {count} ordrer</translation>
    </message>
    <message>
        <source>usually {range}</source>
        <translation>plejer {range}</translation>
    </message>
    <message>
        <source>last {quantity} on {day}</source>
        <translation>senest {quantity} den {day}</translation>
    </message>
    <message>
        <source>This customer usually takes {range}, {last}</source>
        <translation>Denne kunde plejer at tage {range}, {last}</translation>
    </message>
    <message>
        <source>{price} at {quantity}</source>
        <translation>{price} ved {quantity}</translation>
    </message>
    <message>
        <source>Price {old} → {new} since {order}</source>
        <translation>Pris {old} → {new} siden {order}</translation>
    </message>
    <message>
        <source>order {number} of {day}</source>
        <translation>ordre {number} af {day}</translation>
    </message>
    <message>
        <source>order {number}</source>
        <translation>ordre {number}</translation>
    </message>
    <message>
        <source>the order of {day}</source>
        <translation>ordren af {day}</translation>
    </message>
    <message>
        <source>the order copied</source>
        <translation>den kopierede ordre</translation>
    </message>
    <message>
        <source>Subtotal</source>
        <translation>Subtotal</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Overskrift</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Bemærkning</translation>
    </message>
    <message>
        <source>cost {price} then</source>
        <translation>kostede da {price}</translation>
    </message>
    <message>
        <source>No longer sold</source>
        <translation>Sælges ikke mere</translation>
    </message>
    <message>
        <source>Added by the ERP</source>
        <translation>Tilføjes af ERP</translation>
    </message>
    <message>
        <source>In the order</source>
        <translation>I ordren</translation>
    </message>
    <message>
        <source>Usually taken</source>
        <translation>Plejer at være med</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>På tide</translation>
    </message>
</context>
<context>
    <name>ReuseSheet</name>
    <message>
        <source>Asking the ERP what the customer usually buys</source>
        <translation>Spørger ERP-systemet, hvad kunden plejer at købe</translation>
    </message>
    <message>
        <source>Asking the ERP for the customer&apos;s orders</source>
        <translation>Spørger ERP-systemet om kundens ordrer</translation>
    </message>
    <message>
        <source>Asking the ERP for the order&apos;s lines</source>
        <translation>Spørger ERP-systemet om ordrens linjer</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>Usual order</source>
        <translation>Sædvanlig ordre</translation>
    </message>
    <message>
        <source>What {customer} has bought in the last 12 months, from the ERP&apos;s orders.</source>
        <translation>Hvad {customer} har købt de sidste 12 måneder, fra ERP-systemets ordrer.</translation>
    </message>
    <message>
        <source>Number or name of an item</source>
        <translation>Nummer eller navn på en vare</translation>
    </message>
    <message>
        <source>What the customer usually buys</source>
        <translation>Hvad kunden plejer at købe</translation>
    </message>
    <message>
        <source>Copy lines of an earlier order</source>
        <translation>Kopiér linjer fra en tidligere ordre</translation>
    </message>
    <message>
        <source>Items, texts and quantities are taken over; the ERP prices them anew.</source>
        <translation>Varer, tekster og antal tages med; ERP-systemet sætter prisen på ny.</translation>
    </message>
    <message>
        <source>Number or reference of an order</source>
        <translation>Nummer eller reference på en ordre</translation>
    </message>
    <message>
        <source>Lines of the order</source>
        <translation>Ordrens linjer</translation>
    </message>
    <message>
        <source>Earlier orders of the customer</source>
        <translation>Kundens tidligere ordrer</translation>
    </message>
    <message>
        <source>Close ({key})</source>
        <translation>Luk ({key})</translation>
    </message>
    <message>
        <source>Space ticks · a figure is the quantity · Enter adds</source>
        <translation>Mellemrum vælger · et tal er antallet · Enter tilføjer</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>Lines of order {number}</source>
        <translation>Linjer i ordre {number}</translation>
    </message>
    <message>
        <source>Asking the ERP…</source>
        <translation>Spørger ERP-systemet…</translation>
    </message>
    <message>
        <source>Nothing to choose from</source>
        <translation>Intet at vælge imellem</translation>
    </message>
    <message>
        <source>Nothing that is bought has this number or name</source>
        <translation>Intet af det købte har dette nummer eller navn</translation>
    </message>
    <message>
        <source>Nothing bought in the last 12 months</source>
        <translation>Intet købt de sidste 12 måneder</translation>
    </message>
    <message>
        <source>What the customer has on confirmed orders would stand here.</source>
        <translation>Her ville stå, hvad kunden har på bekræftede ordrer.</translation>
    </message>
    <message>
        <source>The order has no lines</source>
        <translation>Ordren har ingen linjer</translation>
    </message>
    <message>
        <source>No order of this customer has this number or reference</source>
        <translation>Ingen af kundens ordrer har dette nummer eller denne reference</translation>
    </message>
    <message>
        <source>The customer has no other orders</source>
        <translation>Kunden har ingen andre ordrer</translation>
    </message>
    <message numerus="yes">
        <source>Add %n line(s)</source>
        <translation>
            <numerusform>Tilføj %n linje</numerusform>
            <numerusform>Tilføj %n linjer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowDrafts</name>
    <message>
        <source>You were typing a line of order {number} {when}. It is not in the ERP.</source>
        <translation>Du var ved at skrive en linje i ordre {number} {when}. Den er ikke i ERP-systemet.</translation>
    </message>
    <message>
        <source>You were typing a line of a new order for {customer} {when}. It is not in the ERP.</source>
        <translation>Du var ved at skrive en linje i en ny ordre til {customer} {when}. Den er ikke i ERP-systemet.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Fortsæt</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Kassér</translation>
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
        <source>This line is not in the ERP: the order is “{state}” now and takes no more changes.</source>
        <translation>Linjen er ikke i ERP-systemet: ordren er “{state}” nu og tager ikke imod flere ændringer.</translation>
    </message>
    <message>
        <source>What you typed is kept. It can go into a new order for the same customer.</source>
        <translation>Det, du skrev, er gemt. Det kan komme i en ny ordre til samme kunde.</translation>
    </message>
    <message>
        <source>New order with what waits</source>
        <translation>Ny ordre med det, der venter</translation>
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
        <source>The price on this line is not the ERP&apos;s own. Which one is it to have?</source>
        <translation>Prisen på denne linje er ikke ERP-systemets egen. Hvilken skal den have?</translation>
    </message>
    <message>
        <source>On the line: {stands}. The ERP&apos;s price today: {own} for {quantity}, {before} for {was} as before.</source>
        <translation>På linjen: {stands}. ERP-systemets pris i dag: {own} ved {quantity}, {before} ved {was} som før.</translation>
    </message>
    <message>
        <source>Keep {price}</source>
        <translation>Behold {price}</translation>
    </message>
    <message>
        <source>Take {price}</source>
        <translation>Tag {price}</translation>
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
    <name>RowNotes</name>
    <message>
        <source>Go to the next line that waits for you</source>
        <translation>Gå til næste linje, der venter på dig</translation>
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
    <name>Sales</name>
    <message>
        <source>On its way to the CRM…</source>
        <translation>På vej til CRM…</translation>
    </message>
    <message>
        <source>Order from this sale</source>
        <translation>Ordre af dette salg</translation>
    </message>
    <message>
        <source>Order from this sale: {sale}</source>
        <translation>Ordre af dette salg: {sale}</translation>
    </message>
    <message>
        <source>Next stage: {stage}</source>
        <translation>Næste trin: {stage}</translation>
    </message>
    <message>
        <source>“{sale}” into the stage {stage}.</source>
        <translation>“{sale}” til trinnet {stage}.</translation>
    </message>
    <message>
        <source>In the CRM it is {now} now; you saw {was}.</source>
        <translation>I CRM er det nu {now}; du så {was}.</translation>
    </message>
    <message>
        <source>Put it into {stage}</source>
        <translation>Sæt det til {stage}</translation>
    </message>
    <message>
        <source>The stage is as it was.</source>
        <translation>Trinnet er, som det var.</translation>
    </message>
    <message>
        <source>“{sale}” is won.</source>
        <translation>“{sale}” er vundet.</translation>
    </message>
    <message>
        <source>The ERP is asked for orders of “{sale}”…</source>
        <translation>ERP spørges om ordrer af “{sale}”…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>This customer has an order of this reference already: {number} ({state}).</source>
        <translation>Kunden har allerede en ordre med denne reference: {number} ({state}).</translation>
    </message>
    <message>
        <source>This customer has an order of this reference already ({state}).</source>
        <translation>Kunden har allerede en ordre med denne reference ({state}).</translation>
    </message>
    <message>
        <source>“{reference}”</source>
        <translation>“{reference}”</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Åbn den</translation>
    </message>
    <message>
        <source>One more order</source>
        <translation>Endnu en ordre</translation>
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
        <source>No order was begun.</source>
        <translation>Der blev ikke begyndt en ordre.</translation>
    </message>
    <message>
        <source>Look for the number</source>
        <translation>Find nummeret</translation>
    </message>
    <message>
        <source>The CRM holds no customer number for this company, so the ERP does not know it.</source>
        <translation>CRM har intet kundenummer på denne virksomhed, så ERP kender den ikke.</translation>
    </message>
    <message>
        <source>Link it to its customer in the ERP first, and then make the order.</source>
        <translation>Knyt den først til dens kunde i ERP, og lav så ordren.</translation>
    </message>
    <message>
        <source>The ERP has no customer with the number {number}.</source>
        <translation>ERP har ingen kunde med nummeret {number}.</translation>
    </message>
    <message>
        <source>Correct the number in the CRM, and then make the order.</source>
        <translation>Ret nummeret i CRM, og lav så ordren.</translation>
    </message>
    <message>
        <source>The ERP has not answered yet who this customer is.</source>
        <translation>ERP har endnu ikke svaret, hvem denne kunde er.</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>Prøv igen om et øjeblik.</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Save as…</source>
        <translation>Gem som…</translation>
    </message>
    <message>
        <source>Saved as “{name}” in {folder}</source>
        <translation>Gemt som “{name}” i {folder}</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Search customers, people, orders, products   {keys}</source>
        <translation>Søg kunder, personer, ordrer, varer   {keys}</translation>
    </message>
    <message>
        <source>Search customers, people, orders, products</source>
        <translation>Søg kunder, personer, ordrer, varer</translation>
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
        <source>Type a name, a number, a phone number, a bar code or an e-mail address.</source>
        <translation>Skriv et navn, et nummer, et telefonnummer, en stregkode eller en e-mailadresse.</translation>
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
        <source>Favourites</source>
        <translation>Favoritter</translation>
    </message>
    <message>
        <source>My customers</source>
        <translation>Mine kunder</translation>
    </message>
    <message>
        <source>The customers you open stand here. Find one with Ctrl+K.</source>
        <translation>Her står de kunder, du åbner. Find en med Ctrl+K.</translation>
    </message>
    <message>
        <source>Put the customers you need often here: the star on a card, or {keys}.</source>
        <translation>Saml de kunder, du tit skal bruge, her: stjernen på et kort, eller {keys}.</translation>
    </message>
    <message>
        <source>No customer in the CRM has you as its owner.</source>
        <translation>Ingen kunde i CRM-systemet har dig som ejer.</translation>
    </message>
</context>
<context>
    <name>SignInForm</name>
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
    <name>SignInPane</name>
    <message>
        <source>Sign in to {system}</source>
        <translation>Log ind i {system}</translation>
    </message>
</context>
<context>
    <name>Spoken</name>
    <message>
        <source>{words}, chosen</source>
        <translation>{words}, valgt</translation>
    </message>
    <message>
        <source>{row} of {count}</source>
        <translation>{row} af {count}</translation>
    </message>
</context>
<context>
    <name>StageChip</name>
    <message>
        <source>{stage}, on its way to the CRM</source>
        <translation>{stage}, på vej til CRM</translation>
    </message>
    <message>
        <source>Stage of {sale}: {stage}</source>
        <translation>Trin for {sale}: {stage}</translation>
    </message>
    <message>
        <source>Put into another stage</source>
        <translation>Sæt til et andet trin</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Henter…</translation>
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
    <name>SystemCard</name>
    <message>
        <source>Testing the connection…</source>
        <translation>Tester forbindelsen…</translation>
    </message>
    <message>
        <source>Not in use</source>
        <translation>Ikke i brug</translation>
    </message>
    <message>
        <source>{other} is the {kind} that Samspil uses now.</source>
        <translation>{other} er det {kind}, som Samspil bruger nu.</translation>
    </message>
    <message>
        <source>Some lines are not in the ERP yet: another one can be used when they are.</source>
        <translation>Nogle linjer er ikke i ERP-systemet endnu: et andet kan bruges, når de er det.</translation>
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
        <source>Signed in as</source>
        <translation>Logget ind som</translation>
    </message>
    <message>
        <source>Kept sign-in</source>
        <translation>Gemt login</translation>
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
        <source>Try now</source>
        <translation>Prøv nu</translation>
    </message>
    <message>
        <source>Use this one</source>
        <translation>Brug dette</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Stop testen</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Test forbindelsen</translation>
    </message>
    <message>
        <source>Other account…</source>
        <translation>Anden konto…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Log ud</translation>
    </message>
    <message>
        <source>Forget the sign-in</source>
        <translation>Glem login</translation>
    </message>
    <message>
        <source>Takes it out of the password store. You stay signed in until Samspil is closed.</source>
        <translation>Fjerner det fra adgangskodelageret. Du forbliver logget ind, til Samspil lukkes.</translation>
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
        <source>Connections…</source>
        <translation>Forbindelser…</translation>
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
    <name>Tasks</name>
    <message>
        <source>To do</source>
        <translation>Opgaver</translation>
    </message>
    <message>
        <source>Nothing is to be done.</source>
        <translation>Der er intet at gøre.</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>Ny opgave</translation>
    </message>
    <message>
        <source>Done: {task}</source>
        <translation>Gjort: {task}</translation>
    </message>
    <message>
        <source>Tick it off in the CRM</source>
        <translation>Kryds den af i CRM</translation>
    </message>
    <message>
        <source>today</source>
        <translation>i dag</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>i morgen</translation>
    </message>
    <message>
        <source>overdue, {day}</source>
        <translation>forfalden, {day}</translation>
    </message>
    <message>
        <source>Tick it off as it is now</source>
        <translation>Kryds den af, som den er nu</translation>
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
        <source>The system does not know this customer.</source>
        <translation>Systemet kender ikke kunden.</translation>
    </message>
    <message>
        <source>Nothing has happened yet</source>
        <translation>Der er ikke sket noget endnu</translation>
    </message>
    <message>
        <source>The CRM&apos;s calls, meetings and notes stand here, with orders, deliveries and invoices from the ERP.</source>
        <translation>Her står CRM-systemets opkald, møder og noter sammen med ordrer, leveringer og fakturaer fra ERP-systemet.</translation>
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
        <source>Nothing fits the filter</source>
        <translation>Intet passer til filteret</translation>
    </message>
    <message>
        <source>Show other kinds, or look for another word.</source>
        <translation>Vis andre slags, eller søg efter et andet ord.</translation>
    </message>
    <message>
        <source>Credit note</source>
        <translation>Kreditnota</translation>
    </message>
    <message>
        <source>no date yet</source>
        <translation>ingen dato endnu</translation>
    </message>
    <message>
        <source>planned for {day}</source>
        <translation>planlagt til {day}</translation>
    </message>
    <message>
        <source>Due now: {amount}</source>
        <translation>Forfalden: {amount}</translation>
    </message>
    <message>
        <source>Not paid yet: {amount}</source>
        <translation>Ikke betalt endnu: {amount}</translation>
    </message>
    <message>
        <source>to be paid by {day}</source>
        <translation>betales senest {day}</translation>
    </message>
    <message>
        <source>The {system} does not answer: what it has from here on is missing below.</source>
        <translation>{system} svarer ikke: det, der ligger her herfra og tilbage i tiden, mangler nedenfor.</translation>
    </message>
    <message>
        <source>Waiting for the {system}: what it has from here on comes in its place.</source>
        <translation>Venter på {system}: det, der ligger der herfra og tilbage i tiden, kommer på sin plads.</translation>
    </message>
    <message>
        <source>What the {system} has from here on is read next.</source>
        <translation>Det, {system} har herfra og tilbage i tiden, læses som det næste.</translation>
    </message>
    <message>
        <source>Enter: try again</source>
        <translation>Enter: prøv igen</translation>
    </message>
    <message>
        <source>Enter: open the order</source>
        <translation>Enter: åbn ordren</translation>
    </message>
    <message>
        <source>Enter: show the document</source>
        <translation>Enter: vis dokumentet</translation>
    </message>
    <message>
        <source>{system} · still waiting…</source>
        <translation>{system} · venter stadig…</translation>
    </message>
    <message>
        <source>{system} · reading…</source>
        <translation>{system} · læser…</translation>
    </message>
    <message>
        <source>{system} · not read</source>
        <translation>{system} · ikke læst</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Customer list</source>
        <translation>Kundeliste</translation>
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
        <source>Links between CRM and ERP…</source>
        <translation>Koblinger mellem CRM og ERP…</translation>
    </message>
    <message>
        <source>Connections…</source>
        <translation>Forbindelser…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Afslut</translation>
    </message>
</context>
<context>
    <name>Totals</name>
    <message>
        <source>Hours</source>
        <translation>Timer</translation>
    </message>
    <message>
        <source>No time system is connected.</source>
        <translation>Intet timesystem er tilsluttet.</translation>
    </message>
    <message>
        <source>No hours in this period.</source>
        <translation>Ingen timer i denne periode.</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kostpris</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>No project</source>
        <translation>Intet projekt</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>I alt</translation>
    </message>
    <message>
        <source>Travel expenses</source>
        <translation>Rejseudgifter</translation>
    </message>
    <message>
        <source>No expense system is connected.</source>
        <translation>Intet udlægssystem er tilsluttet.</translation>
    </message>
    <message>
        <source>No travel expenses in this period.</source>
        <translation>Ingen rejseudgifter i denne periode.</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andet</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Navn</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Beløb</translation>
    </message>
</context>
<context>
    <name>TradePapersBar</name>
    <message>
        <source>Cancel</source>
        <translation>Annuller</translation>
    </message>
    <message>
        <source>The ERP is making “{name}”…</source>
        <translation>ERP laver “{name}”…</translation>
    </message>
    <message>
        <source>Asking the ERP…</source>
        <translation>Spørger ERP-systemet…</translation>
    </message>
    <message>
        <source>Which document?</source>
        <translation>Hvilket dokument?</translation>
    </message>
    <message>
        <source>The ERP makes no document of this.</source>
        <translation>ERP-systemet laver ikke noget dokument af det.</translation>
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
    <name>Viewer</name>
    <message>
        <source>Print…</source>
        <translation>Udskriv…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Gem som…</translation>
    </message>
    <message>
        <source>Send by mail…</source>
        <translation>Send med mail…</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>Mindre</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>Større</translation>
    </message>
    <message>
        <source>Fit the width</source>
        <translation>Tilpas til bredden</translation>
    </message>
    <message>
        <source>Page {page} of {count}</source>
        <translation>Side {page} af {count}</translation>
    </message>
    <message>
        <source>Zoom {percent}: fit the width</source>
        <translation>Zoom {percent}: tilpas til bredden</translation>
    </message>
</context>
<context>
    <name>Writes</name>
    <message>
        <source>Forget it</source>
        <translation>Glem den</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Tag tilbage</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Log ind…</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>Behold deres</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Prøv igen</translation>
    </message>
    <message>
        <source>What you typed is kept.</source>
        <translation>Det, du skrev, er bevaret.</translation>
    </message>
    <message>
        <source>This is not in the CRM yet.</source>
        <translation>Dette er ikke i CRM endnu.</translation>
    </message>
    <message>
        <source>It is kept, and sent by itself when the CRM answers.</source>
        <translation>Det er gemt og sendes af sig selv, når CRM-systemet svarer.</translation>
    </message>
    <message>
        <source>The CRM did not say whether it stored this.</source>
        <translation>CRM-systemet sagde ikke, om det blev gemt.</translation>
    </message>
    <message>
        <source>It is asked again by itself; it is stored only once.</source>
        <translation>Der spørges igen af sig selv; det gemmes kun én gang.</translation>
    </message>
    <message>
        <source>The CRM did not accept this.</source>
        <translation>CRM-systemet godtog ikke dette.</translation>
    </message>
</context>
</TS>
