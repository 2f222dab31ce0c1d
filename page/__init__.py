"""The rooms of the chat page: who may enter, what is shown, and what programs can call.

`app.py` opens it. Text of others reaches the page only through the escaping templates of
`page.rendering`; nothing here decides what an answer says.
"""
