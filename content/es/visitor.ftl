# Antes de empezar, y donde alguien lo deja.

visitor-again = Hola. Todo esto lo tienes aquí, y **Empezar** puede esperar:

visitor-unheard = Te leí, pero no tengo una buena respuesta para eso. Quizá te sirva algo de esto, y **Empezar** puede esperar:

visitor-later = Para eso tendría que guardar algo sobre ti, así que viene después de **Empezar**. Lo demás lo tienes aquí ya:

helps-visitor = Todavía no lo sé. Antes de **Empezar** no cuento nada, así que no sé qué te ha ayudado. Quizá tú sí lo sepas.

exercise-visitor = No guardo estos números. Después de **Empezar** podría recordar lo que te ayudó, si me dejas.

cope-enough = De acuerdo, lo dejo aquí. Si vuelve, escríbeme y ya. Y si ahora te sirve más una persona, te ayudo a llegar a alguien.

pause-sure = La pregunta puede esperar lo que quieras. ¿O querías una semana entera sin que yo te escriba primero?
