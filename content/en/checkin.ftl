# Around the check-in: the pair of morning and evening, the extra page, one's own questions, notes.

pair-on = The pair is on. In the morning you can choose one thing for the day, and your evening check-in asks how it went. Nothing is sent for it.

pair-off = The pair is off. Your check-in is as it was before.

pair-needs-keeping = For that I'd have to keep your check-ins: the evening can only ask about a morning that is kept. You can switch that on in the settings.

more-is-on = From now on the extra page comes after each check-in. You can skip any of it.

more-is-off = The extra page is folded away again. It's one tap under a check-in, when you want it.

questions-off = A question of your own is in your own words, and just now those aren't kept here. So there's nowhere to put it.

notes-elsewhere = That's for our private chat.

notes-none = There are no notes yet.

notes-no-older = There are no older ones.

notes-not-found = No note has that. A part of a word works too.

notes-narrow = { $n ->
    [one] One older note has it too. One more word narrows it down.
   *[other] { $n } older notes have it too. One more word narrows it down.
}

notes-line = **{ $weekday ->
    [mon] Monday
    [tue] Tuesday
    [wed] Wednesday
    [thu] Thursday
    [fri] Friday
    [sat] Saturday
   *[sun] Sunday
}, { $date }**
    { $note }

button-older = Older
button-pair = Morning and evening
button-more-on = Ask this every time
button-more-off = Only when I ask
button-notes = My notes
