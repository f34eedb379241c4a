# La charla en un terminal: sus cuatro botones de siempre, sus pistas y lo que dice de los archivos.
# Botones y pistas comparten una línea con sus teclas: pocas palabras cada uno.

terminal-checkin = Cómo estoy
terminal-cope = Un mal rato
terminal-ask = Pregunta
terminal-help = Ayuda ya

terminal-hint = Escribe, haz clic, o Tab y Enter
terminal-hint-plain = Escribe aquí
terminal-hint-scale = { $highest ->
    [10] Teclea un número. Para 10: 1 y 0
   *[other] Teclea un número
}
terminal-more = Hay más: AvPág
terminal-more-above = Hay más arriba: RePág
terminal-theme = F5 claro u oscuro
terminal-leave = Ctrl+Q cierra

terminal-saved =
    Quedó guardado aquí: { $path }
    Quien use este equipo con tu cuenta lo puede abrir.

terminal-not-saved = No pude escribir el archivo aquí. Puede que falte espacio, o permiso. Nada de lo que me contaste se ha perdido.
