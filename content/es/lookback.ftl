# Mirar atrás, en español: los últimos días en palabras y números, y en una imagen.

# "3 de mayo", con el año si no es este.
a-day = { $day } de { $month ->
    [1] enero
    [2] febrero
    [3] marzo
    [4] abril
    [5] mayo
    [6] junio
    [7] julio
    [8] agosto
    [9] septiembre
    [10] octubre
    [11] noviembre
   *[12] diciembre
}{ $year ->
    [this] {""}
   *[other] {" de "}{ $year }
}

back-title = **{ $n } días.** { $discreet ->
    [yes] Dos números por día, los dos de 0 a 10.
   *[no] Primero el ánimo y entre paréntesis las ganas, de 0 a 10.
}

# Cada día es "none" o sus números, como "6 (3),".
back-week = { a-day }:{ $mon ->
    [none] {""}
   *[some] {" "}lun { $mon }
}{ $tue ->
    [none] {""}
   *[some] {" "}mar { $tue }
}{ $wed ->
    [none] {""}
   *[some] {" "}mié { $wed }
}{ $thu ->
    [none] {""}
   *[some] {" "}jue { $thu }
}{ $fri ->
    [none] {""}
   *[some] {" "}vie { $fri }
}{ $sat ->
    [none] {""}
   *[some] {" "}sáb { $sat }
}{ $sun ->
    [none] {""}
   *[some] {" "}dom { $sun }
}

back-weekly = Semana a semana, desde el { a-day }: { $means }.

back-few = Todavía hay poco que comparar. Con tres días de registro ya se puede empezar a ver algo.

back-none = Aquí todavía no hay días que mirar. Se empieza con un registro, y si faltan días no importa.

back-none-here = En estos { $n } días no hay nada, y los huecos no importan. Lo que me contaste antes sigue aquí.

back-off = No guardo tus registros, así que no hay días que mirar. Si quieres, lo cambias en **Ajustes**. Y si no, también está bien.

back-minor = Como tienes menos de 18 años, no guardo ninguno de tus registros. Por eso aquí no hay nada que mirar, ni nada que otra persona pueda encontrar.

back-kept-before = Estos días son de antes. Ahora mismo no guardo registros nuevos.

back-no-picture = Aquí no puedo mostrar una imagen. Esto es lo que tendría:

# "by" es cuántos puntos más alto fue el ánimo.
back-better = { $what ->
    [pull] Con pocas ganas
    [low] Con el segundo número bajo
    [used] Sin consumir
    [kept] Siguiendo tu camino
    [note] Con una nota escrita
    [weekend] En fin de semana
    [weekday] De lunes a viernes
    [slept] Tras noches de buen dormir, 7 o más de 10
    [hungry] Sin hambre
    [angry] Con poca rabia
    [lonely] Con más compañía
   *[tired] Con menos cansancio
}, los días fueron mejores: { $discreet ->
    [yes] el primer número
   *[no] el ánimo
} estuvo { $by ->
    [one] más o menos un punto
   *[other] unos { $by } puntos
} más alto. Las dos cosas fueron juntas, pero eso no explica por qué.

back-urges = { $met ->
    [one] Hubo un día con { $discreet ->
        [yes] el segundo número en 4 o más. Ese día seguiste tu camino.
       *[no] ganas de 4 o más. Lo pasaste sin consumir.
    }
   *[other] Hubo { $met } días con { $discreet ->
        [yes] el segundo número en 4 o más. { $all ->
            [yes] En todos seguiste tu camino.
           *[no] En { $handled } de ellos seguiste tu camino.
        }
       *[no] ganas de 4 o más. { $all ->
            [yes] Los pasaste todos sin consumir.
           *[no] Pasaste { $handled } de ellos sin consumir.
        }
    }
}

# Con varios caminos, o con uno que no es el principal, cada uno lleva su nombre.
back-path = { $which ->
    [only] {""}
   *[other] { path-name }:{" "}
}{ $answered ->
    [one] El día que me contaste seguiste tu camino.
   *[other] { $all ->
        [yes] En los { $answered } días que me contaste seguiste tu camino.
       *[no] De los { $answered } días que me contaste, en { $on } seguiste tu camino.
    }
}

chart-title = { $n } días
chart-mood = { $discreet ->
    [yes] Primero
   *[no] Ánimo
}
chart-pull = { $discreet ->
    [yes] Segundo
   *[no] Ganas
}

button-lookback = Mirar atrás
button-back-7 = 7 días
button-back-30 = 30 días
button-back-90 = 90 días
button-back-pic-7 = 7 días en una imagen
button-back-pic-30 = 30 días en una imagen
button-back-pic-90 = 90 días en una imagen
