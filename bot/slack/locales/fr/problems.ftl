nothing-started = Rien n'a été lancé. { $why }
not-written-down = Rien n'a été lancé : je n'ai pas pu noter votre demande. Réessayez dans une minute.
busy = Rien n'a été lancé : trop de demandes attendent déjà. Réessayez dans une minute.
slack-in-trouble = Rien n'a été lancé : Slack ne m'a pas répondu. Réessayez.
sorry = Rien n'a été lancé : quelque chose s'est mal passé de mon côté. Réessayez ; si cela n'aide pas, la personne qui me gère en trouvera la raison dans mon journal.
outcome-unsaid = Ce que vous avez demandé sur { $video } est terminé, et quelque chose s'est mal passé de mon côté quand j'ai voulu dire comment. Regardez la vidéo chez IACrea ; la personne qui me gère trouvera la raison dans mon journal.
given-up = Slack avait abandonné { $wanted } quand cela m'est parvenu, et rien n'a donc été lancé. Le lancer maintenant ?
given-up-since = Slack avait abandonné { $wanted } quand cela m'est parvenu, et rien n'a donc été lancé. { $since } { $cost } Le lancer quand même ?
too-slow = C'était trop long pour que Slack ouvre une fenêtre. Appuyez de nouveau.

problem-not-a-video = { $typed } n'est pas une vidéo. Utilisez son identifiant, un lien vers elle, ou un nom qu'on lui a donné : { $example }.
problem-own-word = { $typed } est l'un de mes propres mots, et non une vidéo. Tapez-le ainsi : { $example }.
did-you-mean = { $count ->
    [one] Vouliez-vous dire celle-ci ? Un appui fait ce que vous avez demandé, avec cette vidéo.
   *[other] Vouliez-vous dire l'une de celles-ci ? Un appui fait ce que vous avez demandé, avec cette vidéo.
}
problem-not-a-sequence = { $typed } n'est pas une séquence. Utilisez son numéro dans le storyboard, par exemple `2`, plusieurs comme `2,4-6`, ou `failed` pour toutes celles qui ont échoué.
problem-too-many-sequences = { $asked } séquences, c'est trop pour une seule demande. Demandez-en { $most } au plus, par exemple { $example }.
problem-unknown-effect-near = Je ne connais pas d'effet appelé { $typed }. Vouliez-vous dire { $nearest } ?
problem-unknown-effect = Je ne connais pas d'effet appelé { $typed }. { $example } en donne la liste.
problem-private-image = IACrea ne peut pas atteindre { $typed }. Utilisez un lien vers une image publique.
problem-bad-image = { $typed } n'est pas un lien d'image utilisable. Il doit commencer par `https://`, sans mot de passe ni espaces, et compter { $most } caractères au plus.
problem-too-long = Cela fait { $length } caractères, plus que les { $most } que je lis. Essayez { $example }.
problem-stale-button = Cela vient d'une autre version de moi, et je ne peux plus le lire. Tapez plutôt { $example }.
problem-another-command = Je n'écoute pas { $typed } ici. Tapez plutôt { $example }.
problem-bad-name-too-long = { $typed } est trop long pour un nom. Utilisez 40 caractères au plus, par exemple { $example }.
problem-bad-name-too-short = { $typed } est trop court pour un nom. Utilisez au moins deux caractères, par exemple { $example }.
problem-bad-name-characters = { $typed } ne peut pas être un nom. Utilisez des lettres, des chiffres, `-`, `_` et `.`, sans émoji, par exemple { $example }.
problem-bad-name-looks-like-an-id = { $typed } ne peut pas être un nom, car cela ressemble à un nombre ou à un identifiant. Utilisez des mots, par exemple { $example }.
problem-bad-name-own-word = { $typed } ne peut pas être un nom, car c'est l'un de mes propres mots. Choisissez-en un autre, par exemple { $example }.
problem-bad-name-looks-alike = { $typed } ne peut pas être un nom, car on peut le confondre avec un nom écrit en d'autres lettres. Utilisez les lettres d'un seul alphabet, par exemple { $example }.
problem-bad-name-an-id = { $typed } ne peut pas être un nom, car c'est l'identifiant d'une vidéo. Choisissez-en un autre, par exemple { $example }.
problem-name-taken = Une autre vidéo s'appelle déjà { $name }. Choisissez un autre nom ; ou donnez d'abord un nouveau nom à cette vidéo ({ $video }).
problem-no-last-video = Aucune vidéo n'a encore été traitée dans ce canal, il n'y a donc pas de `last`. Utilisez l'identifiant de la vidéo ou un lien vers elle.
problem-nothing-to-repeat = Rien de ce qui a été régénéré dans ce fil n'est encore terminé, il n'y a donc rien à refaire. Tapez { $example }.
problem-again-where = `again` refait ce qui a été régénéré dans un fil : mentionnez-moi dans ce fil. Ici, tapez { $example }.
problem-no-such-request = Je n'ai pas souvenir d'une demande { $asked }. { $example } liste les dernières.
problem-not-allowed-person = Vous n'avez pas le droit de dépenser des crédits avec moi.
problem-not-allowed-outsider = Seuls les membres de l'organisation qui m'a installé peuvent faire cela : ses crédits y passent, ou ce à quoi ils servent en change. Vous pouvez regarder.
problem-not-allowed-guest = Les invités ne peuvent pas faire cela : des crédits y passent, ou ce à quoi ils servent en change. Vous pouvez regarder.
problem-not-allowed-unknown = Slack ne me dit pas en ce moment si vous êtes un invité, ou d'une autre organisation. Réessayez dans une minute.
problem-not-allowed-group = Slack ne me dit pas en ce moment qui fait partie du groupe d'utilisateurs autorisé à dépenser des crédits avec moi. Réessayez dans une minute.
problem-not-allowed-ask = { $admins } peut changer cela.
problem-not-allowed-ask-operator = La personne qui me gère peut changer cela.
problem-not-allowed-channel = On ne peut pas dépenser de crédits dans ce canal. Utilisez { $channels }.
problem-hourly-limit = { $limit ->
    [one] Vous pouvez régénérer { $limit } séquence par heure
   *[other] Vous pouvez régénérer { $limit } séquences par heure
 }, et cela dépasserait. Réessayez dans { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }.
problem-hourly-limit-never = Vous pouvez régénérer { $limit } séquences par heure, et cette demande en compte { $asked } d'un coup. Demandez-en moins.
problem-hourly-limit-some = Vous pouvez régénérer { $limit ->
    [one] { $limit } séquence
   *[other] { $limit } séquences
 } par heure, et cela en demande { $asked } à la fois. Demandez-en moins, par exemple { $first }.
problem-no-longer-running = Il n'y a plus rien à arrêter ici : cette demande est terminée, ou elle a été faite dans une autre conversation.
problem-not-running-yet = Il n'y a encore rien à arrêter : la demande part tout juste chez IACrea. Appuyez de nouveau dans un instant.
problem-no-such-video = IACrea ne connaît pas de vidéo { $video }. Copiez son identifiant ou son lien depuis IACrea.
problem-automatic-video = { $video } est une vidéo automatique, créée par IACrea lui-même. IACrea ne documente la régénération que pour les autres vidéos ; rien n'a donc été envoyé ni dépensé. { $example } montre son storyboard.
problem-not-regenerated = IACrea montre { $video }, mais ne connaît plus cette vidéo quand il s'agit de la régénérer. C'est peut-être une vidéo automatique, créée par IACrea lui-même : IACrea ne documente la régénération que pour les autres. Rien n'a été dépensé.
problem-no-such-sequence = Cette vidéo n'a pas de séquence { $asked } ; utilisez un numéro de 1 à { $last }, par exemple { $example }.
problem-no-such-sequence-one = Cette vidéo n'a pas de séquence { $asked } ; elle n'en a qu'une : `1`, par exemple { $example }.
problem-no-such-sequence-unlisted = IACrea ne connaît pas de séquence { $asked } de cette vidéo ; elle est en cours de rendu, et je ne peux donc pas regarder lesquelles existent. Rien n'a été dépensé.
problem-which-sequence-several = Plusieurs séquences de cette vidéo s'appellent { $asked }. Laquelle régénérer ?
problem-which-sequence = Aucune séquence de cette vidéo ne s'appelle { $asked }. Laquelle régénérer ? Le storyboard les montre.
problem-one-sequence = { $last ->
    [0] On montre les versions précédentes d'une seule séquence. Indiquez son numéro ou son nom, par exemple { $example }.
   *[other] On montre les versions précédentes d'une seule séquence. Cette vidéo n'en a aucune de ce nom, ou plusieurs : indiquez un numéro de 1 à { $last }, par exemple { $example }.
}
problem-no-such-take = Cette version n'est plus conservée, ou elle vient d'une autre conversation. Rien n'a été lancé.
problem-nothing-failed = Aucune séquence de cette vidéo n'a échoué. Pour en régénérer une quand même, nommez-la : { $example }.
problem-not-ready = IACrea ne montre pas encore les séquences de cette vidéo (il indique { $status }). Réessayez quand elles seront prêtes.
problem-not-ready-rendering = IACrea effectue en ce moment le rendu de cette vidéo et ne montre pas ses séquences pendant ce temps. Réessayez quand il sera terminé ; ou utilisez l'identifiant d'une séquence au lieu de son numéro, si vous le connaissez.
problem-cannot-post-not-in-channel = Je ne peux pas publier ici. Ajoutez-moi avec `/invite`, ou utilisez un canal où je suis, puis réessayez.
problem-cannot-post-direct = Je ne peux pas écrire ici. Slack ne laisse aucune application écrire entre vous deux ; utilisez un canal, ou un message direct avec moi.
problem-cannot-post-archived = Je ne peux pas publier ici. Le canal est archivé ; utilisez-en un autre.
problem-cannot-post-restricted = Je ne peux pas publier ici. Seules certaines personnes peuvent publier dans ce canal ; utilisez-en un autre.
problem-cannot-post-suspended = Je ne peux pas publier ici. Vos administrateurs Slack ont suspendu les publications ; demandez-leur, ou utilisez un autre canal.
problem-cannot-post-app = Je ne peux pas publier ici. Vos administrateurs Slack ne m'ont pas admis dans cet espace de travail ; demandez-leur de le faire.
problem-cannot-post-shared = Je ne peux pas publier ici. Ce canal est partagé avec une autre entreprise, et l'une des deux ne le permet pas ; utilisez un autre canal.
problem-cannot-post-thread = Le fil concerné a été supprimé. Redemandez dans le canal.
problem-cannot-post-scope = Je ne peux pas publier ici. La personne qui m'a installé doit accorder l'autorisation `chat:write` et me réinstaller.
problem-cannot-post = Je ne peux pas publier ici. Slack indique { $reason } ; essayez { $example } dans un autre canal.
problem-no-credits = Le compte IACrea n'a pas assez de crédits. Rechargez-le chez IACrea, puis réessayez.
problem-key-refused = IACrea refuse ma clé. La personne qui me gère doit corriger `IACREA_API_KEY`.
problem-not-accepted = IACrea a refusé la demande ({ $status }). Vérifiez la vidéo, l'effet et l'image.
problem-iacrea-unavailable-status = IACrea a des difficultés en ce moment (il répond { $status }). Réessayez dans quelques minutes.
problem-iacrea-unavailable = IACrea a des difficultés en ce moment (il est injoignable). Réessayez dans quelques minutes.
problem-iacrea-unavailable-certificate = Je ne peux pas joindre IACrea : la machine sur laquelle je tourne ne fait pas confiance à son certificat. C'est à la personne qui me gère de le corriger ; `regen-bot doctor` dit comment.
problem-iacrea-unavailable-proxy = Je ne peux pas joindre IACrea : le proxy par lequel je dois passer ne me laisse pas faire. C'est à la personne qui me gère de le corriger ; `regen-bot doctor` dit comment.
problem-unforeseen = Quelque chose s'est mal passé de mon côté. Réessayez ; si cela n'aide pas, la personne qui me gère en trouvera la raison dans mon journal.
problem-too-late = Vous l'avez demandé il y a { $minutes } minutes, et je n'ai pas pu le lancer à temps. Redemandez si vous le voulez toujours.
problem-cancelled = La personne qui m'administre l'a annulé. Redemandez si vous le voulez toujours.
problem-already-running = Ce que vous demandez est déjà en cours de régénération, rien n'a donc été lancé.
problem-already-running-by = Ce que vous demandez est déjà en cours de régénération pour { $by }, rien n'a donc été lancé.
problem-already-running-there = Ce que vous demandez est déjà en cours de régénération pour { $by }, rien n'a donc été lancé. Son résultat arrivera dans <{ $link }|le fil de ce message>.
problem-says = { $sentence } Il indique : { $detail }

# $count séquences sont demandées ; dont $repeated ont été lancées par quelqu'un depuis.
ask-repeated = { $count ->
    [one] Depuis, c'est déjà lancé.
   *[other] Depuis, { $repeated } des { $count } séquences { $repeated ->
        [one] a déjà été lancée
       *[other] ont déjà été lancées
    }.
}
ask-repeated-by = { $count ->
    [one] Depuis, c'est déjà lancé pour { $by }.
   *[other] Depuis, { $repeated } des { $count } séquences { $repeated ->
        [one] a déjà été lancée
       *[other] ont déjà été lancées
    }, en dernier pour { $by }.
}
ask-repeated-there = { $count ->
    [one] Depuis, c'est déjà lancé pour { $by } : <{ $link }|voir là>.
   *[other] Depuis, { $repeated } des { $count } séquences { $repeated ->
        [one] a déjà été lancée
       *[other] ont déjà été lancées
    }, en dernier pour { $by } : <{ $link }|voir là>.
}
ask-once-more = { $count ->
    [one] Le régénérer encore une fois coûte de nouveau des crédits.
   *[other] Régénérer encore une fois les { $count } coûte de nouveau des crédits.
}
ask-once-more-cost = { $count ->
    [one] Le régénérer encore une fois coûte de nouveau environ { $credits } { $credits ->
        [one] crédit
       *[other] crédits
    }.
   *[other] Régénérer encore une fois les { $count } coûte de nouveau environ { $credits } crédits.
}
ask-renamed = La dernière fois que vous avez utilisé le nom { $name }, c'était la vidéo { $was } ; à présent c'est { $now }.
ask-pending = IACrea est justement en train de générer : { $what }.
ask-rendering = Le rendu final est en cours et serait annulé.
ask-rendering-share = Le rendu final est en cours ({ NUMBER($share, style: "percent", maximumFractionDigits: 0) }) et serait annulé.
ask-rendering-by = C'est { $by } qui l'a lancé.
ask-several = Cela régénère { $count } séquences, et chacune coûte des crédits.
ask-several-cost = Cela régénère { $count } séquences, pour environ { $credits } crédits.
ask-left = { $credits ->
    [one] Il en reste { $credits }.
   *[other] Il en reste { $credits }.
}
ask-go-ahead = Rien n'a encore été lancé. On y va ?
