<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>OrderPanel</name>
    <message numerus="yes">
        <source>%n other line(s) wait for you: go to the next</source>
        <translation>
            <numerusform>%n other line waits for you: go to it</numerusform>
            <numerusform>%n other lines wait for you: go to the next</numerusform>
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
</TS>
