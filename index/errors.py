"""What can go wrong; every message is fit to show. `AssistantError` catches all of it.

AssistantError
  ArticleError                  reading, storing, finding
    UnreadableArticleError      there is no article in what was given
    UnsafeAddressError          an address that is not fetched
    UnknownArticleError         the library has no article with that id
    DamagedArticleError         a stored article no longer matches its manifest
    LibraryLockedError          another process is writing
    VectorsError                Chroma cannot be asked
    EmbedderError               the embedding model is missing or unusable
    WorkerError                 who was to do the work ended, or is not there
  LanguageFileError             the file of a language has a key too many, or one too few
  ModelUnavailableError         no server, or the model is not installed
  ModelTimeoutError             no reply in time
  UnusableReplyError            a reply that cannot be used; carries it
  PromptCutError                the model's window is too small for what it was sent
  CasesError                    a cases file that cannot be read: file, line, field

The last five, between a question and its answer, live in `assistant.errors`. "The article does
not say" is an answer, not an error.
"""


class AssistantError(Exception):
    """A failure of the world, not of the programmer: show its message."""


class ArticleError(AssistantError):
    """An article, or the library, cannot be read, stored or searched."""


class UnreadableArticleError(ArticleError):
    """There is no article in what was given."""


class UnsafeAddressError(ArticleError):
    """The address is not one we fetch."""


class UnknownArticleError(ArticleError):
    """The library holds no article with that id."""


class DamagedArticleError(ArticleError):
    """A stored article does not match its manifest any more."""


class LibraryLockedError(ArticleError):
    """Another process writes to the library."""


class VectorsError(ArticleError):
    """Chroma cannot be asked; what it holds can be made again."""


class EmbedderError(ArticleError):
    """The embedding model is missing or unusable."""


class LanguageFileError(AssistantError):
    """The file of a language is damaged; names the file and the key."""


class WorkerError(ArticleError):
    """A process or a cluster that was to do the work ended, or is not there."""
