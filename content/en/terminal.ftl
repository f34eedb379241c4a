# The chat in a terminal: its four lasting buttons, its hints, and what it says about files.
# The buttons and hints share one line with their keys, so a few words each.

terminal-checkin = Check in
terminal-cope = Cope
terminal-ask = Ask
terminal-help = Help now

terminal-hint = Type, click, or Tab and then Enter
terminal-hint-plain = Type here
terminal-hint-scale = { $highest ->
    [10] Press a number. For 10: 1, then 0
   *[other] Press a number
}
terminal-more = More below: PgDn
terminal-more-above = More above: PgUp
terminal-theme = F5 light or dark
terminal-leave = Ctrl+Q closes

terminal-saved =
    I saved it here: { $path }
    Anyone who can use your account on this computer can open it.

terminal-not-saved = I couldn't save the file here. The disk may be full, or I may not be allowed to. Nothing you told me is lost.
