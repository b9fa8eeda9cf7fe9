#ifndef COUNTERTOP_ARENA_H
#define COUNTERTOP_ARENA_H

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* Memory for one message: taken piece by piece, given back at once, and never more than a budget. It is in C because
 * protobuf-c calls it for every piece, and a Swift closure behind that call costs more than malloc does. */
typedef struct countertop_arena {
    uint8_t *next;        /* the free part of the current chunk */
    uint8_t *end;
    void *chunks;         /* chunks taken from the heap; each begins with the address of the one before */
    size_t budget_bytes;  /* what may still be handed out */
} countertop_arena;

enum { countertop_arena_chunk_bytes = 8192 };

/* Starts an arena on memory of the caller's, which must be aligned to 8 and outlive the arena. */
static inline void countertop_arena_begin(
    countertop_arena *arena, void *memory, size_t memory_bytes, size_t budget_bytes) {
    arena->next = (uint8_t *)memory;
    arena->end = arena->next + memory_bytes;
    arena->chunks = NULL;
    arena->budget_bytes = budget_bytes;
}

/* Takes memory aligned to 8. NULL when the budget or the heap is at its end. */
static inline void *countertop_arena_take(countertop_arena *arena, size_t bytes) {
    if (bytes > arena->budget_bytes) return NULL;
    size_t rounded = (bytes + 7) & ~(size_t)7;
    if (rounded < bytes) return NULL;
    if (rounded > (size_t)(arena->end - arena->next)) {
        size_t chunk_bytes = rounded > countertop_arena_chunk_bytes ? rounded : countertop_arena_chunk_bytes;
        if (chunk_bytes > SIZE_MAX - sizeof(uint64_t)) return NULL;
        uint8_t *chunk = (uint8_t *)malloc(sizeof(uint64_t) + chunk_bytes);
        if (chunk == NULL) return NULL;
        *(void **)(void *)chunk = arena->chunks;
        arena->chunks = chunk;
        arena->next = chunk + sizeof(uint64_t);
        arena->end = arena->next + chunk_bytes;
    }
    void *piece = arena->next;
    arena->next += rounded;
    arena->budget_bytes -= rounded < arena->budget_bytes ? rounded : arena->budget_bytes;
    return piece;
}

/* Gives every chunk back. */
static inline void countertop_arena_end(countertop_arena *arena) {
    void *chunk = arena->chunks;
    while (chunk != NULL) {
        void *before = *(void **)chunk;
        free(chunk);
        chunk = before;
    }
    arena->chunks = NULL;
    arena->next = arena->end = NULL;
}

static inline void *countertop_arena_allocate(void *arena, size_t bytes) {
    return countertop_arena_take((countertop_arena *)arena, bytes);
}

static inline void countertop_arena_free(void *arena, void *piece) {
    (void)arena;
    (void)piece;
}

/* protobuf-c's view of an arena. */
static inline ProtobufCAllocator countertop_arena_allocator(countertop_arena *arena) {
    ProtobufCAllocator allocator = {countertop_arena_allocate, countertop_arena_free, arena};
    return allocator;
}

#endif
