// AVX-512: 32 registers of 16 floats hold 8 pixels x 32 channels.
#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma"))), apply_to = function)
#define TILES_NAME ctilesAVX512
#define TILES_LABEL "avx512"
#define TILES_FUSED 1
#define TILES_WIDEN 1
#define TILE_LANES 16
#define TILE_ROWS 8
#define TILE_CHANNELS 32
#define NARROW_CHANNELS 128
#include "Tiles.inc"
#pragma clang attribute pop
#else
typedef int ctilesNoAVX512;
#endif
