<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>HeadQuestion</name>
    <message numerus="yes">
        <source>This would change the price of %n line(s).</source>
        <translation>
            <numerusform>This would change the price of %n line.</numerusform>
            <numerusform>This would change the price of %n lines.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PanelView</name>
    <message numerus="yes">
        <source>%n row(s) copied</source>
        <translation>
            <numerusform>%n row copied</numerusform>
            <numerusform>%n rows copied</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PasteBar</name>
    <message numerus="yes">
        <source>Looking up %n item(s)…</source>
        <translation>
            <numerusform>Looking up %n item…</numerusform>
            <numerusform>Looking up %n items…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) on the way into the ERP</source>
        <translation>
            <numerusform>%n line on the way into the ERP</numerusform>
            <numerusform>%n lines on the way into the ERP</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) wait for you, in red as they were pasted.</source>
        <translation>
            <numerusform>%n line waits for you, in red as it was pasted.</numerusform>
            <numerusform>%n lines wait for you, in red as they were pasted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped. %n line(s) are in the ERP and stay.</source>
        <translation>
            <numerusform>Stopped. %n line is in the ERP and stays.</numerusform>
            <numerusform>Stopped. %n lines are in the ERP and stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) were taken out of the order again.</source>
        <translation>
            <numerusform>%n line was taken out of the order again.</numerusform>
            <numerusform>%n lines were taken out of the order again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) are in the ERP.</source>
        <translation>
            <numerusform>%n line is in the ERP.</numerusform>
            <numerusform>%n lines are in the ERP.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceChecking</name>
    <message numerus="yes">
        <source>The ERP did not price %n line(s): {items}</source>
        <translation>
            <numerusform>The ERP did not price %n line: {items}</numerusform>
            <numerusform>The ERP did not price %n lines: {items}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PriceQuestion</name>
    <message numerus="yes">
        <source>The ERP would price %n line(s) differently today.</source>
        <translation>
            <numerusform>The ERP would price %n line differently today.</numerusform>
            <numerusform>The ERP would price %n lines differently today.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveredBar</name>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} had not been confirmed: in the ERP.</source>
        <translation>
            <numerusform>%n line of order {number} from {when} had not been confirmed: it is in the ERP.</numerusform>
            <numerusform>%n lines of order {number} from {when} had not been confirmed: they are in the ERP.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} had not been confirmed: stored now.</source>
        <translation>
            <numerusform>%n line of order {number} from {when} had not been confirmed: it was stored now.</numerusform>
            <numerusform>%n lines of order {number} from {when} had not been confirmed: they were stored now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} did not get into the ERP: typed in again, look at them.</source>
        <translation>
            <numerusform>%n line of order {number} from {when} did not get into the ERP: it is typed in again, look at it.</numerusform>
            <numerusform>%n lines of order {number} from {when} did not get into the ERP: they are typed in again, look at them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) of order {number} from {when} did not get into the ERP, and the order is gone.</source>
        <translation>
            <numerusform>%n line of order {number} from {when} did not get into the ERP, and the order is gone.</numerusform>
            <numerusform>%n lines of order {number} from {when} did not get into the ERP, and the order is gone.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReuseSheet</name>
    <message numerus="yes">
        <source>Add %n line(s)</source>
        <translation>
            <numerusform>Add %n line</numerusform>
            <numerusform>Add %n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowNotes</name>
    <message numerus="yes">
        <source>%n other line(s) wait for you: go to the next</source>
        <translation>
            <numerusform>%n other line waits for you: go to it</numerusform>
            <numerusform>%n other lines wait for you: go to the next</numerusform>
        </translation>
    </message>
</context>
</TS>
