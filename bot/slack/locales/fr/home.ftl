home-own = *Vos régénérations*
home-all = *Les régénérations de tout le monde*
home-hello = *Bonjour ! Je régénère une séquence d'une vidéo IACrea.*
home-hello-start = Appuyez sur le bouton, ou tapez { $command } dans un canal : choisissez la vidéo, la séquence et, si vous le souhaitez, un autre effet ou une autre image.
home-hello-then = Un message y montre l'avancement ; je vous préviens dans son fil quand c'est prêt.
home-hello-cost = Régénérer coûte des crédits. Je demande avant de régénérer plusieurs séquences, ou d'annuler un rendu en cours.
home-spent = { $credits ->
    [0] Vous n'avez dépensé aucun crédit ce mois-ci
    [one] Vous avez dépensé { $credits } crédit ce mois-ci
   *[other] Vous avez dépensé { $credits } crédits ce mois-ci
}
button-open-form = Régénérer une séquence…
