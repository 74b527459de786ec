# Said once, where the bot is new. Commands stand in $typed, $said and $help.
welcome-what = *Hello! I regenerate a sequence of an IACrea video, from the conversation about it.*
welcome-how = Type { $typed }, or { $said } in the thread of a video; { $help } tells the rest. Or press the button.
welcome-cost = It costs credits: I ask before I regenerate more than one sequence, or cancel a render in progress.
