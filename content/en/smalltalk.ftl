# Around small talk: what no entry knows, noting one's own words, and being left alone.

heard-you = I've read that. I'm a program and have no good answer, but you don't have to keep it to yourself.

cannot-answer =
    I can't answer that. I can show you who can see what, or help you reach someone.
    For a person to talk to, in many countries: findahelpline.com.

note-this-kept = { $today ->
    [yes] That's in your notes for today, in your own words.
   *[no] That's in your notes for { when-short }, in your own words.
}

note-this-gone = I no longer have those words. I hold them only until your next message or tap. You can still write them as a note.

stop-choices =
    Nothing is open, and you don't have to answer anything. Do you want me quieter?
    {""}**Pause for a week**: I don't write first for seven days. Short notes you said yes to still come.
    {""}**Don't write first**: the same, until you switch it back on. The short notes stop too. When you write, I still answer.
    {""}**Remove everything**: what I hold of you goes for good. One question comes first.

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
