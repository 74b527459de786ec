button-again = Régénérer à nouveau
button-again-cost = Régénérer encore · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-regenerate = Régénérer
button-regenerate-cost = Régénérer · { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-regenerate-which = Régénérer : { $what }
button-regenerate-which-cost = Régénérer : { $what }, { $credits ->
    [one] { $credits } crédit
   *[other] { $credits } crédits
}
button-storyboard-of = Storyboard de { $video }
button-show-of = Afficher la demande récente sur { $video }
button-name-of = Donner ce nom à { $video }
button-change-which = Modifier : { $what }…
button-retry = Réessayer
button-keep-watching = Continuer le suivi
button-stop-watching = Arrêter le suivi
button-watch = Regarder
button-storyboard = Storyboard
button-another-image = Autre image…
button-change = Modifier…
button-start-now = Lancer maintenant
button-go-ahead = Régénérer quand même
button-go-ahead-several = Régénérer { $count } séquences
button-use-picture = L'utiliser quand même
menu-another-effect = Autre effet

# La question avant qu'un seul appui dépense des crédits : 300 caractères au plus, 30 sur ses boutons.
confirm-title = Dépenser des crédits ?
confirm-chosen = Cela régénère : { $what }, avec l'effet choisi. { $cost }
confirm-same = Cela régénère, sans rien changer : { $what }. { $cost }
confirm-same-effect = Cela régénère : { $what }, avec le même effet, { $effect }. { $cost }
confirm-failed = { $count ->
    [one] Cela régénère la { $count } séquence qui a échoué. { $cost }
   *[other] Cela régénère les { $count } séquences qui ont échoué. { $cost }
}
confirm-cost = { $credits ->
    [one] Cela coûte environ { $credits } crédit.
   *[other] Cela coûte environ { $credits } crédits.
}
confirm-cost-unknown = Cela coûte des crédits ; combien, on ne le sait pas encore.
confirm-yes = Régénérer
confirm-no = Annuler
