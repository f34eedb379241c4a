# Around small talk: what no entry knows, noting one's own words, and being left alone.

heard-you = I've read that. I'm a program with set sentences, and none of them fits. I won't pretend one does.

cannot-answer =
    I can't answer that yet. I can tell you what I do and who can see what, and find one thing for the next ten minutes.
    For a person to talk to, in many countries: findahelpline.com.

note-this-kept = { $today ->
    [yes] That's in your notes for today, in your own words.
   *[no] That's in your notes for { when-short }, in your own words.
}

note-this-gone = I no longer have those words. I hold them only until your next message or tap. You can still write them as a note.

stop-choices =
    Nothing is open, and you don't have to answer anything. You can choose how quiet I am:
    {""}**Pause for a week**: I don't write first, except the short notes you said yes to.
    {""}**Don't write first**: the same, without the short notes, until you switch it back on.
    {""}**Remove everything**: I forget all I know about you. I ask once to be sure.

stop-when-paused =
    Nothing is open. You're on a pause until { when-short }, { $date }: I don't write first, except the short notes you said yes to.
    You can end the pause, make it last, or remove everything I know about you.

stop-when-off = Nothing is open, and I don't write first. You can switch that back on, or remove everything I know about you.

paused = Paused until { when-short }, { $date }. I don't write first until then, except the short notes you said yes to. When you write, I answer as always.

switched-off = Done. From now on I don't write first, and the short notes you said yes to won't come. When you write, I answer as always. To switch it back: /on.

switched-on = Done. I may write first again, but only if you asked me to.

button-note-this = Keep it as a note
button-pause = Pause for a week
button-off = Don't write first
button-on = Write first again
