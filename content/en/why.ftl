# Where an answer comes from: what is said to "why do you say that?". Names of new flows may be added
# to `why-from`; without one, a flow is "a set of questions".

button-why = How do you know?

help-why = Ask **why** after anything I say, and I'll tell you where it comes from.

why-from = **{ $part ->
        [checkin] The check-in
        [lapse] The talk after using
        [reachout] Reaching someone
        [note] The note
        [hope] The hope box
        [change] Changing an answer
        [welcome] The welcome
        [settings] The settings
        [forget] Removing everything
        [skill] An exercise
        [plan] An if-then plan
        [talk] The talk in a hard moment
        [page] The page behind "help now"
        [interface] What I say in between
       *[flow] A set of questions
    }** ({ $file }: { $place }). { $rest ->
        [seen] It rests on: { $sources }. Last opened on { $checked }.
        [general] It rests on what is widely said. No one has checked it yet.
       *[own] These are our own words, with no other source.
    }

why-reviewed = Read over by { $who }.

why-unreviewed = No one outside this project has read it over yet.

why-lines = The numbers are from the list of helplines:

why-line = **{ $service }**, from { $source }. Last checked on { $checked }.

why-abroad = The numbers by country are from the list of helplines. It names a source and a day for each.

why-nothing = There's no answer of mine to explain just now. All I say is written in files that anyone can read. I make nothing up as I go.

why-gone = What I said last has been changed since, so I can't show you where it stands.

why-visitor = I keep nothing of this until you join, so I don't know what I said last. All I say is written in files that anyone can read.
