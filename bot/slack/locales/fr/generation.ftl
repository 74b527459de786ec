# La carte d'une demande dans le canal, et son résultat dans le fil.
card-regenerating = { $who } régénère : { $what }
card-watching = { $who } suit : { $what }
card-somebody-regenerating = Régénération : { $what }
card-somebody-watching = Suivi : { $what }
card-regenerated = { $who } a régénéré : { $what }
card-watched = { $who } a suivi : { $what }
card-wanted = { $who } voulait régénérer : { $what }
what-effect = { $what }, effet { $effect }
effect-instead = { $new } au lieu de { $old }
what-image = { $what }, à partir d'une nouvelle image
what-image-size = { $what }, à partir d'une nouvelle image ({ $size } pixels)

stage-sending = Envoi à IACrea…
stage-looking = Consultation d'IACrea…
stage-queued = En file d'attente chez IACrea
stage-animating = Animation en cours
stage-animating-some = { $of ->
    [one] Animation : { $done } séquence sur { $of }
   *[other] Animation : { $done } séquences sur { $of }
}
stage-rendering = Rendu : { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
stage-silent = IACrea ne répond pas pour le moment ; je continue à demander
stage-unknown = IACrea indique { $status }
progress-since = lancé { $ago }
progress-until = prêt vers { $time }
progress-longer = plus long que d'habitude

card-repeated = Si ce message figure deux fois : Slack n'a pas confirmé le premier. C'est celui-ci qui est tenu à jour.
card-repetition = Slack n'a pas confirmé ce message, je l'ai donc publié une seconde fois : <{ $link }|voir là> la suite.
closing-see-thread = { $closing } : voir le fil
closing-see-below = { $closing } : voir plus bas
closing-done = Terminé
closing-failed = Échec
closing-expired = Pas terminé à temps
closing-stopped = Suivi arrêté
closing-unclear = Ne semble pas avoir démarré
closing-rejected = Pas démarré

outcome = { $who }, { $verdicts }
verdict-done = { $count ->
    [one] { $what } : c'est prêt.
   *[other] { $what } : elles sont prêtes.
}
verdict-done-effect = { $count ->
    [one] { $what } : c'est prêt, effet { $effect }.
   *[other] { $what } : elles sont prêtes, effet { $effect }.
}
verdict-failed = { $what } : échec chez IACrea. { $why }
verdict-failed-advice = Un autre effet ou une autre image aide souvent.
verdict-expired = { $count ->
    [one] { $what } : toujours pas terminée, j'ai donc arrêté de la suivre.
   *[other] { $what } : toujours pas terminées, j'ai donc arrêté de les suivre.
 } IACrea est peut-être bloqué. Appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
verdict-stopped-operator = { $what } : j'ai arrêté le suivi, à la demande de la personne qui m'administre. IACrea n'avance que si quelqu'un suit : appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
verdict-stopped = { $what } : j'ai arrêté le suivi, à la demande de { $by }. IACrea n'avance que si quelqu'un suit : appuyez sur Continuer le suivi et je reprends ; cela ne coûte rien.
verdict-unclear = { $count ->
    [one] { $what } : ne semble pas avoir démarré
   *[other] { $what } : ne semblent pas avoir démarré
 }. La réponse d'IACrea s'est perdue, et rien n'a changé sur la vidéo depuis. Je n'ai pas renvoyé la demande, pour que vous ne payiez jamais deux fois. Pour la renvoyer, appuyez sur Réessayer.
verdict-refused = { $count ->
    [one] { $what } : pas démarrée. { $why }
   *[other] { $what } : pas démarrées. { $why }
}

fact-used = { $credits ->
    [one] { $credits } crédit utilisé
   *[other] { $credits } crédits utilisés
}
fact-left = { $credits ->
    [one] { $credits } restant
   *[other] { $credits } restants
}
fact-took = en { $duration }
low-credits = { $credits ->
    [0] ⚠️ Plus aucun crédit sur le compte IACrea. Rechargez-le avant la prochaine régénération.
    [one] ⚠️ Plus que { $credits } crédit sur le compte IACrea. Pensez à le recharger.
   *[other] ⚠️ Plus que { $credits } crédits sur le compte IACrea. Pensez à le recharger.
}
picture-before = Avant
picture-after = Après
picture-before-of = { $what } avant
picture-after-of = { $what } après
pictures-linked = <{ $before }|Avant> · <{ $after }|Après>

superseded = ↻ Régénérée à nouveau depuis : <{ $link }|voir là>.
superseded-nowhere = ↻ Régénérée à nouveau depuis.
