// Keeps things between visits, keys that cannot be taken out among them: IndexedDB holds them as they are.

const settled = request => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

export class Store {
  #database;

  static async open(name) {
    const store = new Store();
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
    store.#database = await settled(opening);
    return store;
  }

  get(name) {
    return settled(this.#database.transaction("kept").objectStore("kept").get(name));
  }

  // Resolves when it is on the disk.
  put(name, value) {
    return new Promise((resolve, reject) => {
      const writing = this.#database.transaction("kept", "readwrite", {durability: "strict"});
      writing.objectStore("kept").put(value, name);
      writing.oncomplete = resolve;
      writing.onabort = () => reject(writing.error);
    });
  }
}
