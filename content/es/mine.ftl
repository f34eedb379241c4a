# Lo que es de cada persona: sus datos, sus ajustes y lo que se puede guardar. En español.

date-words = { $day } de { $month ->
    [jan] enero
    [feb] febrero
    [mar] marzo
    [apr] abril
    [may] mayo
    [jun] junio
    [jul] julio
    [aug] agosto
    [sep] septiembre
    [oct] octubre
    [nov] noviembre
   *[dec] diciembre
} de { $year }

since-day = { $year ->
    [none] {""}
   *[some] , desde el { date-words }
}

only-in-private = Eso es para un chat privado. Escríbeme ahí y te lo muestro.

welcome-back-name = Qué bueno verte, { $name }.

## Lo que se guarda, por tipos

kind-checkin = { $n ->
    [one] { $n } registro
   *[other] { $n } registros
}{ since-day }

kind-note = { $n ->
    [one] { $n } nota
   *[other] { $n } notas
}{ since-day }

kind-lapse = { $n ->
    [one] { $n } repaso de una recaída
   *[other] { $n } repasos de recaídas
}{ since-day }

kind-more = { $n ->
    [one] { $n } página extra sobre un día
   *[other] { $n } páginas extra sobre tus días
}{ since-day }

kind-morning = { $n ->
    [one] { $n } mañana con una cosa para el día
   *[other] { $n } mañanas con una cosa para el día
}{ since-day }

kind-crisis = { $n ->
    [one] { $n } vez que te ofrecí ayuda en un momento difícil
   *[other] { $n } veces que te ofrecí ayuda en un momento difícil
}{ since-day }

kind-other = { $n } del tipo «{ $name }»{ since-day }

## Todo lo guardado, en una página

mydata = **Esto es lo que guardo de ti:**

mydata-none = No guardo respuestas ni palabras tuyas.

mydata-open = { $n ->
    [one] Una pregunta abierta, con lo que llevas respondido
   *[other] { $n } preguntas abiertas, con lo que llevas respondido
}

mydata-promises = { $n ->
    [one] { $n } promesa de escribirte
   *[other] { $n } promesas de escribirte
}

mydata-care = Lo último que te ofrecí en un momento difícil, para no repetirme

mydata-coping = Lo último que me dijiste que te costaba, con qué fuerza, y los últimos ejercicios, para no preguntarte dos veces

mydata-practised = El día en que te propuse por última vez practicar un ejercicio

mydata-exercises = Los ejercicios que guardas y los que dejas fuera

mydata-tracks = { $n ->
    [one] { $n } cuenta de días, con el día en que empezó
   *[other] { $n } cuentas de días, con el día en que empezó cada una
}

mydata-settings = Tus ajustes: si tienes 18 años o más, lo que te trae aquí, tu idioma y tu hora{ $country ->
    [no] {""}
   *[yes] , tu país
}{ $name ->
    [no] {""}
   *[yes] , tu apodo
}{ $questions ->
    [0] {""}
   *[other] , tus propias preguntas
}

mydata-who =
    Está cerrado con una llave aparte para ti. Quien maneja esta copia de Alongside tiene la llave principal y podría abrirlo.
    Cualquiera que pueda usar este chat también puede abrir esta página.

mydata-visitor =
    Todavía no has empezado, así que no guardo respuestas tuyas.
    Sí recuerdo tu idioma, más o menos dónde estás y la pregunta que esté abierta. Eso se borra un día después de tu última respuesta.

mydata-no-files = En este chat no puedo darte archivos. En uno que los permita, te lo doy todo.

mydata-file-reading = Este es para leer: todo lo que guardo de ti, en palabras.

mydata-file-data = Este es para programas: lo mismo, tal como lo guardo.

mydata-file-care = Quien pueda usar este dispositivo puede abrirlos. Guárdalos donde solo los veas tú.

## Todo lo guardado, en un archivo para leer

reading-title = Todo lo que guardo de ti, hasta el { date-words }
reading-gap = · · ·
reading-day = { when-short }, { date-words }
reading-changed = Esto lo cambiaste después.
reading-partial = Paraste antes del final.
reading-promise = Dije que te escribiría el
reading-question = Una pregunta tuya
reading-track = Días contados desde el
reading-pause = En pausa
reading-earlier = En este camino, antes
reading-limit = Como mucho, en siete días
reading-fresh = Solo se muestra desde el
reading-ended = Ya no se cuenta desde el
reading-earned = La marca más alta que te dije, en días
reading-age = Edad: { $age ->
    [adult] 18 o más
    [minor] menos de 18
   *[unknown] sin preguntar
}
reading-open = En una pregunta abierta
reading-care = La última vez que te ofrecí ayuda en un momento difícil fue el

noticed-about = { $category ->
    [overdose] Tenía que ver con una sobredosis.
    [withdrawal] Tenía que ver con sentirse mal al dejar de consumir.
    [medical] Tenía que ver con tu cuerpo.
    [child] Tenía que ver con una niña o un niño.
    [psychosis] Tenía que ver con ver u oír cosas.
    [suicide] Tenía que ver con pensar en morir.
    [abuse] Tenía que ver con alguien que te hace daño.
    [violence] Tenía que ver con violencia.
    [self-harm] Tenía que ver con hacerte daño.
    [other-person] Tenía que ver con otra persona.
    [lapse] Tenía que ver con una recaída.
    [grief] Tenía que ver con un duelo.
   *[other] Tenía que ver con sentirse muy mal.
}

## Lo que se guarda, con sus interruptores

kept-checkins = Ahora mismo guardo tus registros, y qué días te ofrecí ayuda en un momento difícil.

kept-no-checkins = No guardo registros nuevos: tus respuestas se borran al cerrar cada registro.

kept-words = Guardo tus propias palabras, como las notas.

kept-no-words = No guardo ninguna palabra tuya.

kept-nothing = Ahora mismo no guardo respuestas nuevas: solo tus ajustes, y una pregunta mientras está abierta.

kept-before = Aquí lo cambias, y cuenta desde ese momento. Lo guardado antes se queda hasta que lo borres.

kept-minor = Como tienes menos de 18 años, no guardo respuestas nuevas: ni tus registros ni tus palabras. Aquí no hay nada que activar ni nada que tengas que hacer.

kept-visitor = Ahora mismo no guardo ninguna respuesta tuya.

erase-nothing = De eso no hay nada que borrar.

erase-not = No borré nada.

erased-checkins = Listo, todo eso está borrado. Si quien maneja este programa hizo una copia de seguridad, ahí puede seguir hasta que la borre.

erased-words = Listo, tus palabras están borradas. Si quien maneja este programa hizo una copia de seguridad, ahí pueden seguir hasta que la borre.

## Ajustes, página a página

settings-page =
    {""}**Tus ajustes**
    Idioma: { reading-language }
    País: { set-country }
    Tu hora: { set-time }
    El día empieza: { set-starts }
    Lo que te trae aquí: { set-path }
    Apodo: { set-name }
    Palabras discretas: { set-discreet }
    Se guarda: { $checkins ->
        [yes] { $words ->
            [yes] tus registros y tus palabras
           *[no] tus registros
        }
       *[no] { $words ->
            [yes] tus palabras
           *[no] nada nuevo
        }
    }

reading-language = { $language ->
    [en] English
    [es] Español
   *[other] { $language }
}

set-country = { $country ->
    [none] sin decir
   *[some] { $country }
}

set-time = { $clock }, { when-short }{ $city ->
    [none] {""}
   *[some] {" "}({ $city })
}

set-starts = { $starts ->
    [midnight] a medianoche
    [two] a las 2 de la madrugada
    [six] a las 6 de la mañana
    [noon] a mediodía
   *[four] a las 4 de la madrugada
}

set-path = { $discreet ->
    [yes] no se muestra
   *[no] { $path ->
        [stop] dejar de consumir
        [less] consumir menos
        [safer] consumir con menos riesgo
        [mood] tu ánimo
        [someone] alguien que te importa
       *[unsaid] sin decir
    }
}

set-name = { $named ->
    [yes] { $name }
   *[no] ninguno
}

set-discreet = { $discreet ->
    [yes] sí
   *[no] no
}

settings-where =
    {""}**Dónde y cuándo**
    País: { set-country }
    Tu hora: { set-time }
    El día empieza: { set-starts }

settings-how =
    {""}**Cómo te hablo**
    Lo que te trae aquí: { set-path }
    Apodo: { set-name }
    Palabras discretas: { set-discreet }
    Con palabras discretas no uso tu apodo, por si alguien mira tu pantalla.

settings-checkins =
    {""}**Registros**
    Mañana y noche: { $pair ->
        [yes] van juntas: por la noche te pregunto por lo de la mañana
       *[no] no
    }
    Página extra: { $more ->
        [yes] viene tras un registro de un día normal
       *[no] solo cuando la pides
    }

settings-unasked =
    {""}**Mensajes míos**
    { $quiet ->
        [off] No te escribo por mi cuenta hasta que lo actives otra vez.
        [yes] No te escribo por mi cuenta antes del { date-words }.
       *[no] Solo te escribo primero si me lo pediste.
    }

settings-changed = Cambiado. Así queda desde ahora.

settings-done = Todo listo. Puedes volver cuando quieras con /ajustes.

zone-none = Ninguna de estas

zone-fixed = Me guío por esa hora. Este reloj no sabe de horario de verano, así que dime una ciudad cuando puedas.

nickname-not-here = En este chat no puedo guardar palabras, así que tampoco un apodo.

page-kept = Lo que se guarda
page-language = Idioma
page-where = Dónde y cuándo
page-how = Cómo te hablo
page-checkins = Registros
page-unasked = Mensajes míos
page-done = Listo
page-back = Volver a los ajustes
page-country = País
page-zone = Mi hora
page-day = Cuándo empieza mi día
page-path = Lo que me trae aquí
page-nickname = Apodo
page-noname = Sin apodo
page-again = Escríbeme otra vez

button-kept = Lo que se guarda
button-keep-checkins = Guardar mis registros
button-drop-checkins = Dejar de guardar mis registros
button-keep-words = Guardar también mis palabras
button-drop-words = Dejar de guardar mis palabras
button-erase-checkins = Borrar los registros hasta hoy
button-erase-hard = Borrar lo último que costaba
button-erase-words = Borrar mis palabras hasta hoy
button-mydata = Mis datos
button-mydata-files = Todo en archivos
button-language = Cambiar el idioma
button-country = Cambiar el país
button-zone = Cambiar mi hora
button-day = Cuándo empieza mi día
button-reason = Lo que me trae aquí
button-nickname = Apodo
button-discreet-on = Palabras discretas
button-discreet-off = Sin palabras discretas
page-pair = Mañana y noche
page-more = Página extra cada vez
