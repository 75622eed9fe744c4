// AVX2 with FMA and F16C, which came before it: 16 registers of 8 floats hold 3 pixels x 32 channels, the pixels and a weight.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define TILES_NAME ctilesAVX2
#define TILES_LABEL "avx2"
#define TILES_FUSED 1
#define TILES_WIDEN 1
#define TILE_LANES 8
#define TILE_ROWS 3
#define TILE_CHANNELS 32
#define NARROW_CHANNELS 64
#include "Tiles.inc"
#pragma clang attribute pop
#else
typedef int ctilesNoAVX2;
#endif
