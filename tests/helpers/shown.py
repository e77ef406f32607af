SHOWN = ()
