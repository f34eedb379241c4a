"""What every test runs under."""

import signal

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background, as a CI may do it, we and all we start would be deaf to Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
