# Les noms des vidéos.
name-title = Nommer cette vidéo
name-label = Nom
name-hint = Lettres, chiffres, - _ et . ; 40 au plus. Tout le monde ici pourra l'utiliser.
name-submit = Enregistrer
name-done = { $video } s'appelle déjà { $name }. Par exemple : { $example }
name-given = 🏷️ { $who } a nommé la vidéo { $video } : elle s'appelle désormais { $name }. Par exemple : { $example }
name-changed = 🏷️ { $who } a donné un autre nom à la vidéo { $video } : elle s'appelle désormais { $name }, et plus { $old }. Par exemple : { $example }
name-not-kept = Je n'ai pas pu garder le nom. Réessayez dans une minute.
name-sequences-title = Nommer les séquences
name-sequence-label = Séquence { $position }
name-sequences-hint = Lettres, chiffres, - _ et . ; 40 au plus. Tout le monde ici pourra s'en servir. Un champ vide retire le nom.
name-sequences-given = 🏷️ { $who } a nommé des séquences de la vidéo { $video } : { $list }. Par exemple : { $example }
name-sequences-taken = 🏷️ { $who } a retiré des noms de séquences de la vidéo { $video }.
