card-in-line = { $who } régénère { $what }, une fois le rendu terminé
card-somebody-in-line = Régénération : { $what }, une fois le rendu terminé
in-line = Attend la fin du rendu de { $video }
in-line-share = Attend la fin du rendu de { $video }, { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
in-line-behind = { $count ->
    [one] { $words } ; { $count } autre demande passe avant
   *[other] { $words } ; { $count } autres demandes passent avant
}
in-line-since = demandé { $ago } ; aucun crédit n'est dépensé avant l'envoi
ask-after-render = Je peux aussi attendre qu'il soit terminé, et envoyer la vôtre à ce moment-là.
given-up-after-render = Slack avait abandonné { $wanted } quand cela m'est parvenu, et rien n'a donc été lancé. Le lancer après le rendu ?
button-after-render = Après le rendu
button-leave-it = Laisser tel quel
button-keep-waiting = Continuer d'attendre
button-cancel-waiting = Annuler
button-cancel-waiting-which = Annuler la demande { $number } : { $what }

problem-waited-in-vain = { $minutes ->
    [0] J'ai attendu le rendu aussi longtemps que je le peux
    [one] J'ai attendu le rendu pendant { $minutes } minute
   *[other] J'ai attendu le rendu pendant { $minutes } minutes
 }, sans pouvoir l'envoyer ; aucun crédit n'a été dépensé. Appuyez sur Continuer d'attendre et je continue ; cela ne coûte rien avant l'envoi.
problem-cancelled-in-line = Annulé par { $by } pendant l'attente du rendu ; aucun crédit n'a été dépensé.
problem-started-meanwhile = Pendant l'attente du rendu, la même chose a été régénérée sans attendre ; je ne l'ai donc pas renvoyée. Appuyez sur Réessayer si vous la voulez quand même.
problem-no-longer-in-line = Il est trop tard pour annuler : le rendu était terminé, et c'est parti chez IACrea.
problem-already-in-line = Ce que vous demandez attend déjà la fin du rendu, rien n'a donc été lancé.
problem-already-in-line-by = Ce que vous demandez attend déjà la fin du rendu, pour { $by }, rien n'a donc été lancé.
problem-already-in-line-there = Ce que vous demandez attend déjà la fin du rendu, pour { $by }, rien n'a donc été lancé. Son résultat arrivera dans <{ $link }|le fil de ce message>.
