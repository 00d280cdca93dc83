# The sentences of rules: each line gives a sentence and, behind the =, what it means.
# Words in { } change from rule to rule. Capitals and spaces do not matter. README.md explains every sentence.
# Sentences that begin alike stand in this order: the longer one first.

# The rank of a rule stands behind its name: rule "A name" with rank 20
[keyword]with rank {n:-?\d+}=salience {n}
[keyword]switched off=enabled false

# Every request
[when]Any request=Request()

# The text: its length
[when]The prompt is between {a:[\d,]+} and {b:[\d,]+} tokens long=Request( tokenCount >= {a!num} && tokenCount <= {b!num} )
[when]The prompt is longer than {n:[\d,]+} tokens=Request( tokenCount > {n!num} )
[when]The prompt is not longer than {n:[\d,]+} tokens=Request( tokenCount <= {n!num} )
[when]The prompt is shorter than {n:[\d,]+} tokens=Request( tokenCount < {n!num} )
[when]The prompt has at least {n:[\d,]+} tokens=Request( tokenCount >= {n!num} )
[when]The prompt has at most {n:[\d,]+} tokens=Request( tokenCount <= {n!num} )
[when]The prompt has exactly {n:[\d,]+} tokens=Request( tokenCount == {n!num} )
[when]The message is between {a:[\d,]+} and {b:[\d,]+} tokens long=Request( tokenCount >= {a!num} && tokenCount <= {b!num} )
[when]The message is longer than {n:[\d,]+} tokens=Request( tokenCount > {n!num} )
[when]The message is not longer than {n:[\d,]+} tokens=Request( tokenCount <= {n!num} )
[when]The message is shorter than {n:[\d,]+} tokens=Request( tokenCount < {n!num} )
[when]The message has at least {n:[\d,]+} tokens=Request( tokenCount >= {n!num} )
[when]The message has at most {n:[\d,]+} tokens=Request( tokenCount <= {n!num} )
[when]The message has exactly {n:[\d,]+} tokens=Request( tokenCount == {n!num} )

# The text: what it says. "Mentions" looks for a word, whatever its capitals
[when]The prompt contains "{a}" or "{b}"=Request( prompt contains "{a}" || prompt contains "{b}" )
[when]The prompt contains "{a}" and "{b}"=Request( prompt contains "{a}" && prompt contains "{b}" )
[when]The prompt contains "{text}"=Request( prompt contains "{text}" )
[when]The prompt does not contain "{text}"=Request( prompt not contains "{text}" )
[when]The prompt mentions "{w:[\pL\pN \-]+}"=Request( prompt matches "(?is).*\\b{w}\\b.*" )
[when]The prompt does not mention "{w:[\pL\pN \-]+}"=Request( prompt not matches "(?is).*\\b{w}\\b.*" )
[when]The prompt begins with "{text}"=Request( prompt matches "(?s)\\Q{text}\\E.*" )
[when]The prompt ends with "{text}"=Request( prompt matches "(?s).*\\Q{text}\\E" )
[when]The prompt matches the pattern "{pattern}"=Request( prompt matches "{pattern}" )
[when]The prompt is "{text}"=Request( prompt == "{text}" )
[when]The prompt is not "{text}"=Request( prompt != "{text}" )

# The same, for those who say message
[when]The message contains "{a}" or "{b}"=Request( message contains "{a}" || message contains "{b}" )
[when]The message contains "{a}" and "{b}"=Request( message contains "{a}" && message contains "{b}" )
[when]The message contains "{text}"=Request( message contains "{text}" )
[when]The message does not contain "{text}"=Request( message not contains "{text}" )
[when]The message mentions "{w:[\pL\pN \-]+}"=Request( message matches "(?is).*\\b{w}\\b.*" )
[when]The message does not mention "{w:[\pL\pN \-]+}"=Request( message not matches "(?is).*\\b{w}\\b.*" )
[when]The message begins with "{text}"=Request( message matches "(?s)\\Q{text}\\E.*" )
[when]The message ends with "{text}"=Request( message matches "(?s).*\\Q{text}\\E" )
[when]The message matches the pattern "{pattern}"=Request( message matches "{pattern}" )
[when]The message is "{text}"=Request( message == "{text}" )
[when]The message is not "{text}"=Request( message != "{text}" )

# The instructions that are sent with it
[when]The system prompt contains "{a}" or "{b}"=Request( system contains "{a}" || system contains "{b}" )
[when]The system prompt contains "{a}" and "{b}"=Request( system contains "{a}" && system contains "{b}" )
[when]The system prompt contains "{text}"=Request( system contains "{text}" )
[when]The system prompt does not contain "{text}"=Request( system not contains "{text}" )
[when]The system prompt mentions "{w:[\pL\pN \-]+}"=Request( system matches "(?is).*\\b{w}\\b.*" )
[when]The system prompt does not mention "{w:[\pL\pN \-]+}"=Request( system not matches "(?is).*\\b{w}\\b.*" )
[when]The system prompt begins with "{text}"=Request( system matches "(?s)\\Q{text}\\E.*" )
[when]The system prompt ends with "{text}"=Request( system matches "(?s).*\\Q{text}\\E" )
[when]The system prompt matches the pattern "{pattern}"=Request( system matches "{pattern}" )
[when]The system prompt is "{text}"=Request( system == "{text}" )
[when]The system prompt is not "{text}"=Request( system != "{text}" )
[when]The system prompt is empty=Request( system == "" )
[when]The system prompt is not empty=Request( system != "" )

# What kind of program asks
[when]The agent type is "{a}", "{b}" or "{c}"=Request( agentType in ( "{a}", "{b}", "{c}" ) )
[when]The agent type is "{a}" or "{b}"=Request( agentType in ( "{a}", "{b}" ) )
[when]The agent type is "{a}"=Request( agentType == "{a}" )
[when]The agent type is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( agentType in ( {list} ) )
[when]The agent type is not "{a}"=Request( agentType != "{a}" )
[when]The agent type is neither "{a}" nor "{b}"=Request( agentType not in ( "{a}", "{b}" ) )
[when]The agent type is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( agentType not in ( {list} ) )
[when]The agent type contains "{text}"=Request( agentType != null && agentType contains "{text}" )
[when]The agent type begins with "{text}"=Request( agentType matches "(?s)\\Q{text}\\E.*" )
[when]The agent type matches the pattern "{pattern}"=Request( agentType != null && agentType matches "{pattern}" )
[when]The agent type is not given=Request( agentType == null )
[when]The agent type is given=Request( agentType != null )

# Which program asks
[when]The agent is "{a}", "{b}" or "{c}"=Request( agentId in ( "{a}", "{b}", "{c}" ) )
[when]The agent is "{a}" or "{b}"=Request( agentId in ( "{a}", "{b}" ) )
[when]The agent is "{a}"=Request( agentId == "{a}" )
[when]The agent is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( agentId in ( {list} ) )
[when]The agent is not "{a}"=Request( agentId != "{a}" )
[when]The agent is neither "{a}" nor "{b}"=Request( agentId not in ( "{a}", "{b}" ) )
[when]The agent is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( agentId not in ( {list} ) )
[when]The agent contains "{text}"=Request( agentId != null && agentId contains "{text}" )
[when]The agent begins with "{text}"=Request( agentId matches "(?s)\\Q{text}\\E.*" )
[when]The agent matches the pattern "{pattern}"=Request( agentId != null && agentId matches "{pattern}" )
[when]The agent is not given=Request( agentId == null )
[when]The agent is given=Request( agentId != null )

# Who asks
[when]The user is "{a}", "{b}" or "{c}"=Request( user in ( "{a}", "{b}", "{c}" ) )
[when]The user is "{a}" or "{b}"=Request( user in ( "{a}", "{b}" ) )
[when]The user is "{a}"=Request( user == "{a}" )
[when]The user is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( user in ( {list} ) )
[when]The user is not "{a}"=Request( user != "{a}" )
[when]The user is neither "{a}" nor "{b}"=Request( user not in ( "{a}", "{b}" ) )
[when]The user is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( user not in ( {list} ) )
[when]The user contains "{text}"=Request( user != null && user contains "{text}" )
[when]The user begins with "{text}"=Request( user matches "(?s)\\Q{text}\\E.*" )
[when]The user matches the pattern "{pattern}"=Request( user != null && user matches "{pattern}" )
[when]The user is not given=Request( user == null )
[when]The user is given=Request( user != null )

# The sender's label of a conversation
[when]The session is "{a}", "{b}" or "{c}"=Request( session in ( "{a}", "{b}", "{c}" ) )
[when]The session is "{a}" or "{b}"=Request( session in ( "{a}", "{b}" ) )
[when]The session is "{a}"=Request( session == "{a}" )
[when]The session is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( session in ( {list} ) )
[when]The session is not "{a}"=Request( session != "{a}" )
[when]The session is neither "{a}" nor "{b}"=Request( session not in ( "{a}", "{b}" ) )
[when]The session is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( session not in ( {list} ) )
[when]The session contains "{text}"=Request( session != null && session contains "{text}" )
[when]The session begins with "{text}"=Request( session matches "(?s)\\Q{text}\\E.*" )
[when]The session matches the pattern "{pattern}"=Request( session != null && session matches "{pattern}" )
[when]The session is not given=Request( session == null )
[when]The session is given=Request( session != null )

# The kind of request, if the sender says so
[when]The category is "{a}", "{b}" or "{c}"=Request( category in ( "{a}", "{b}", "{c}" ) )
[when]The category is "{a}" or "{b}"=Request( category in ( "{a}", "{b}" ) )
[when]The category is "{a}"=Request( category == "{a}" )
[when]The category is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( category in ( {list} ) )
[when]The category is not "{a}"=Request( category != "{a}" )
[when]The category is neither "{a}" nor "{b}"=Request( category not in ( "{a}", "{b}" ) )
[when]The category is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( category not in ( {list} ) )
[when]The category contains "{text}"=Request( category != null && category contains "{text}" )
[when]The category begins with "{text}"=Request( category matches "(?s)\\Q{text}\\E.*" )
[when]The category matches the pattern "{pattern}"=Request( category != null && category matches "{pattern}" )
[when]The category is not given=Request( category == null )
[when]The category is given=Request( category != null )

# The project that pays
[when]The project is "{a}", "{b}" or "{c}"=Request( project in ( "{a}", "{b}", "{c}" ) )
[when]The project is "{a}" or "{b}"=Request( project in ( "{a}", "{b}" ) )
[when]The project is "{a}"=Request( project == "{a}" )
[when]The project is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( project in ( {list} ) )
[when]The project is not "{a}"=Request( project != "{a}" )
[when]The project is neither "{a}" nor "{b}"=Request( project not in ( "{a}", "{b}" ) )
[when]The project is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( project not in ( {list} ) )
[when]The project contains "{text}"=Request( project contains "{text}" )
[when]The project begins with "{text}"=Request( project matches "(?s)\\Q{text}\\E.*" )
[when]The project matches the pattern "{pattern}"=Request( project matches "{pattern}" )

# The request's own id
[when]The request's id is "{a}", "{b}" or "{c}"=Request( id in ( "{a}", "{b}", "{c}" ) )
[when]The request's id is "{a}" or "{b}"=Request( id in ( "{a}", "{b}" ) )
[when]The request's id is "{a}"=Request( id == "{a}" )
[when]The request's id is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( id in ( {list} ) )
[when]The request's id is not "{a}"=Request( id != "{a}" )
[when]The request's id is neither "{a}" nor "{b}"=Request( id not in ( "{a}", "{b}" ) )
[when]The request's id is not one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( id not in ( {list} ) )
[when]The request's id contains "{text}"=Request( id contains "{text}" )
[when]The request's id begins with "{text}"=Request( id matches "(?s)\\Q{text}\\E.*" )
[when]The request's id matches the pattern "{pattern}"=Request( id matches "{pattern}" )

# The words that the sender adds to the request
[when]The request is flagged "{a}" or "{b}"=Request( flags contains "{a}" || flags contains "{b}" )
[when]The request is flagged "{a}" and "{b}"=Request( flags contains "{a}" && flags contains "{b}" )
[when]The request is flagged "{flag}"=Request( flags contains "{flag}" )
[when]The request is flagged neither "{a}" nor "{b}"=Request( flags not contains "{a}" && flags not contains "{b}" )
[when]The request is not flagged "{flag}"=Request( flags not contains "{flag}" )

# The sender's own notes, by name
[when]The note "{name}" is "{a}" or "{b}"=Request( metadata["{name}"] in ( "{a}", "{b}" ) )
[when]The note "{name}" is "{value}"=Request( metadata["{name}"] == "{value}" )
[when]The note "{name}" is one of {list:"[^"]*"(?:, *"[^"]*")*}=Request( metadata["{name}"] in ( {list} ) )
[when]The note "{name}" is not "{value}"=Request( metadata["{name}"] != "{value}" )
[when]The note "{name}" contains "{text}"=Request( metadata["{name}"] != null && metadata["{name}"] contains "{text}" )
[when]The note "{name}" matches the pattern "{pattern}"=Request( metadata["{name}"] != null && metadata["{name}"] matches "{pattern}" )
[when]The note "{name}" is not given=Request( metadata["{name}"] == null )
[when]The note "{name}" is given=Request( metadata["{name}"] != null )

# Where it came in
[when]The request came in as a file=Request( inlet == "file" )
[when]The request did not come in as a file=Request( inlet != "file" )
[when]The request came in over HTTP=Request( inlet == "http" )
[when]The request did not come in over HTTP=Request( inlet != "http" )
[when]The request came in from the queue=Request( inlet == "queue" )
[when]The request did not come in from the queue=Request( inlet != "queue" )

# When it came in. From 22 to 6 o'clock is "not between 6 and 22 o'clock"
[when]It is between {a:\d{1,2}} and {b:\d{1,2}} o'clock=Request( hour >= {a} && hour < {b} )
[when]It is not between {a:\d{1,2}} and {b:\d{1,2}} o'clock=Request( hour < {a} || hour >= {b} )
[when]It is before {h:\d{1,2}} o'clock=Request( hour < {h} )
[when]It is after {h:\d{1,2}} o'clock=Request( hour >= {h} )
[when]It is {h:\d{1,2}} o'clock or later=Request( hour >= {h} )
[when]The hour is {h:\d{1,2}}=Request( hour == {h} )
[when]The hour is not {h:\d{1,2}}=Request( hour != {h} )
[when]It is the weekend=Request( dayOfWeek in ( "SATURDAY", "SUNDAY" ) )
[when]It is not the weekend=Request( dayOfWeek not in ( "SATURDAY", "SUNDAY" ) )
[when]It is a weekday=Request( dayOfWeek not in ( "SATURDAY", "SUNDAY" ) )
[when]It is {a:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)} or {b:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)}=Request( dayOfWeek in ( "{a!uc}", "{b!uc}" ) )
[when]It is {day:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)}=Request( dayOfWeek == "{day!uc}" )
[when]It is not {day:(?i:monday|tuesday|wednesday|thursday|friday|saturday|sunday)}=Request( dayOfWeek != "{day!uc}" )

# What the project has spent, in US dollars
[when]The project has spent more than {usd:[\d,]+(?:\.\d+)?} dollars today=Request( dailySpendUsd > {usd!num} )
[when]The project has spent more than \${usd:[\d,]+(?:\.\d+)?} today=Request( dailySpendUsd > {usd!num} )
[when]The project has spent at least {usd:[\d,]+(?:\.\d+)?} dollars today=Request( dailySpendUsd >= {usd!num} )
[when]The project has spent at least \${usd:[\d,]+(?:\.\d+)?} today=Request( dailySpendUsd >= {usd!num} )
[when]The project has spent less than {usd:[\d,]+(?:\.\d+)?} dollars today=Request( dailySpendUsd < {usd!num} )
[when]The project has spent less than \${usd:[\d,]+(?:\.\d+)?} today=Request( dailySpendUsd < {usd!num} )
[when]The project has spent at most {usd:[\d,]+(?:\.\d+)?} dollars today=Request( dailySpendUsd <= {usd!num} )
[when]The project has spent at most \${usd:[\d,]+(?:\.\d+)?} today=Request( dailySpendUsd <= {usd!num} )
[when]The project has spent nothing today=Request( dailySpendUsd == 0 )
[when]The project has spent something today=Request( dailySpendUsd != 0 )
[when]The project has spent more than {usd:[\d,]+(?:\.\d+)?} dollars this month=Request( monthlySpendUsd > {usd!num} )
[when]The project has spent more than \${usd:[\d,]+(?:\.\d+)?} this month=Request( monthlySpendUsd > {usd!num} )
[when]The project has spent at least {usd:[\d,]+(?:\.\d+)?} dollars this month=Request( monthlySpendUsd >= {usd!num} )
[when]The project has spent at least \${usd:[\d,]+(?:\.\d+)?} this month=Request( monthlySpendUsd >= {usd!num} )
[when]The project has spent less than {usd:[\d,]+(?:\.\d+)?} dollars this month=Request( monthlySpendUsd < {usd!num} )
[when]The project has spent less than \${usd:[\d,]+(?:\.\d+)?} this month=Request( monthlySpendUsd < {usd!num} )
[when]The project has spent at most {usd:[\d,]+(?:\.\d+)?} dollars this month=Request( monthlySpendUsd <= {usd!num} )
[when]The project has spent at most \${usd:[\d,]+(?:\.\d+)?} this month=Request( monthlySpendUsd <= {usd!num} )
[when]The project has spent nothing this month=Request( monthlySpendUsd == 0 )
[when]The project has spent something this month=Request( monthlySpendUsd != 0 )

# What happens: one of the first two ends it
[then]Send it to "{model}" because "{reason}"=$route.to("{model}", "{reason}");
[then]Refuse it because "{reason}"=$route.deny("{reason}");
[then]Choose between "{a}" and "{b}" because "{reason}"=$route.among("{reason}", "{a}", "{b}");
[then]Choose among {models:"[^"]*"(?:, *"[^"]*")*} because "{reason}"=$route.among("{reason}", {models});
[then]Call it "{category}"=$route.category("{category}");
[then]Put it into the category "{category}"=$route.category("{category}");
