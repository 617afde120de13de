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
</TS>
