status-running = *En cours*
status-running-none = Rien n'est en cours pour le moment.
status-ended = *Terminées récemment*
status-ended-none = Rien n'est encore terminé.
status-more = … et { $count } de plus
status-thread = <{ $link }|voir le fil>
status-checking = Consultation de la vidéo…
status-working = IACrea y travaille
status-working-some = { $done ->
    [one] IACrea y travaille : { $done } séquence prête sur { $of }
   *[other] IACrea y travaille : { $done } séquences prêtes sur { $of }
}
status-left = { $credits ->
    [one] { $credits } crédit restant sur le compte IACrea
   *[other] { $credits } crédits restants sur le compte IACrea
}
status-left-unknown = Le nombre de crédits restants sur le compte IACrea n'est pas encore connu
status-spent = *Dépensé ce mois-ci*
status-spent-none = *Dépensé ce mois-ci* : rien
status-spender = { $who } : { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-show = Afficher
button-show-which = Afficher la demande { $number } : { $what }
