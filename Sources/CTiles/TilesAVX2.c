// AVX2 with FMA: 16 registers of 8 floats hold 4 pixels x 16 channels.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define TILES_NAME ctilesAVX2
#define TILES_LABEL "avx2"
#define TILES_FUSED 1
#define TILE_PIXELS 4
#define TILE_VECTORS 1
#include "Tiles.inc"
#pragma clang attribute pop
#else
typedef int ctilesNoAVX2;
#endif
