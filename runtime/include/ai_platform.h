/* The legacy client API: types, format words, buffers, errors. What the generated <name>.h and its clients share. C11 and C++17. */
#ifndef AI_PLATFORM_H
#define AI_PLATFORM_H

#ifndef __STDC_FORMAT_MACROS
#define __STDC_FORMAT_MACROS 1
#endif
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#ifndef __cplusplus
#include <stdbool.h>
#endif

/* ---- Versions --------------------------------------------------------------------------------------------------------- */
#define AI_VERSION(major, minor, micro) (((major) << 24) | ((minor) << 16) | ((micro) << 8))

#ifndef AI_PLATFORM_API_MAJOR
#define AI_PLATFORM_API_MAJOR (1)
#endif
#ifndef AI_PLATFORM_API_MINOR
#define AI_PLATFORM_API_MINOR (2)
#endif
#ifndef AI_PLATFORM_API_MICRO
#define AI_PLATFORM_API_MICRO (0)
#endif
#define AI_PLATFORM_API_VERSION AI_VERSION(AI_PLATFORM_API_MAJOR, AI_PLATFORM_API_MINOR, AI_PLATFORM_API_MICRO)

#ifndef AI_TOOLS_API_VERSION_MAJOR
#define AI_TOOLS_API_VERSION_MAJOR (1)
#endif
#ifndef AI_TOOLS_API_VERSION_MINOR
#define AI_TOOLS_API_VERSION_MINOR (5)
#endif
#ifndef AI_TOOLS_API_VERSION_MICRO
#define AI_TOOLS_API_VERSION_MICRO (0)
#endif
#define AI_TOOLS_API_VERSION AI_VERSION(AI_TOOLS_API_VERSION_MAJOR, AI_TOOLS_API_VERSION_MINOR, AI_TOOLS_API_VERSION_MICRO)
#define AI_TOOLS_API_VERSION_1_3 AI_VERSION(1, 3, 0)
#define AI_TOOLS_API_VERSION_1_4 AI_VERSION(1, 4, 0)
#define AI_TOOLS_API_VERSION_1_5 AI_VERSION(1, 5, 0)

/* ---- Attributes and small helpers --------------------------------------------------------------------------------------- */
#ifdef __cplusplus
#define AI_API_DECLARE_BEGIN extern "C" {
#define AI_API_DECLARE_END }
#define AI_STRUCT_INIT {}
#define AI_C_ARRAY_INIT {}
#define ai_register
#else
#define AI_API_DECLARE_BEGIN
#define AI_API_DECLARE_END
#define AI_STRUCT_INIT {0}
#define AI_C_ARRAY_INIT {0}
#define ai_register register
#endif

#if defined(_MSC_VER)
#define AI_API_ENTRY __declspec(dllexport)
#define AI_ALIGNED(x)
#elif defined(__ICCARM__)
#define AI_API_ENTRY
#define AI_ALIGNED_1 _Pragma("data_alignment = 1")
#define AI_ALIGNED_2 _Pragma("data_alignment = 2")
#define AI_ALIGNED_4 _Pragma("data_alignment = 4")
#define AI_ALIGNED_8 _Pragma("data_alignment = 8")
#define AI_ALIGNED_16 _Pragma("data_alignment = 16")
#define AI_ALIGNED_32 _Pragma("data_alignment = 32")
#define AI_ALIGNED(x) AI_CONCAT(AI_ALIGNED_, x)
#elif defined(__CC_ARM)
#define AI_API_ENTRY __attribute__((visibility("default")))
#define AI_ALIGNED(x) __attribute__((aligned(x)))
#else
#define AI_API_ENTRY
#define AI_ALIGNED(x) __attribute__((aligned(x)))
#endif

/* Anonymous structs inside a union are C11; C++ compilers have them as an extension. */
#if defined(__GNUC__)
#define AI_ANONYMOUS __extension__
#else
#define AI_ANONYMOUS
#endif

#define AI_CONCAT_ARG(a, b) a##b
#define AI_CONCAT(a, b) AI_CONCAT_ARG(a, b)
#define AI_CAST(type, expr) ((type)(expr))
#define AI_PACK(...) __VA_ARGS__
#define AI_UNUSED(x) (void)(x);
#define AI_DEPRECATED
#define AI_LEGACY
#define AI_HANDLE_PTR(ptr) ((ai_handle)(ptr))
#define AI_HANDLE_NULL AI_HANDLE_PTR(NULL)
#define AI_HANDLE_FUNC_PTR(func) ((ai_handle_func)(func))
#define AI_FLAG_NONE (0x0)

#define AI_MAGIC_MARKER (0xa1facade)
#define AI_MAGIC_SIGNATURE AI_MAGIC_MARKER

#define SSIZET_FMT "%" PRIu32
#define AIU32_FMT "%" PRIu32
#define AII32_FMT "%" PRId32
#define AIU64_FMT "%" PRIu64
#define AII64_FMT "%" PRId64
#define AI_ERROR_FMT AIU32_FMT

/* One byte for a scalar type: its size, and bit 7 when it is unsigned. */
#define AI_IS_UNSIGNED(type) (((type)-1) > ((type)0))
#define AI_CUSTOM_SIZE(type) ((ai_custom_type_signature)((AI_IS_UNSIGNED(type) ? 0x80 : 0) | (sizeof(type) & 0x7F)))

/* Tensors of packed bits. */
#define AI_PBITS_MASK (0x1F)
#define AI_PBITS_SHIFTS (5)
#define AI_PBITS_PADDED_BYTES_COUNT(bits) (((ai_u32)(bits) + 7) >> 3)
#define AI_PBITS_PADDED_WORDS_COUNT(bits) (((ai_size)(bits) + 0x1F) >> 5)
#define AI_PBITS_GET_WORD(word_ptr, bits) (((ai_pbits*)(word_ptr)) + ((bits) >> AI_PBITS_SHIFTS))
#define AI_PAD_CHANNELS(format, channels) \
  ((AI_BUFFER_FMT_GET_BITS(format) == 1) ? (AI_PBITS_PADDED_WORDS_COUNT(channels) << AI_PBITS_SHIFTS) : (channels))

/* ---- Scalar types ------------------------------------------------------------------------------------------------------- */
AI_API_DECLARE_BEGIN

typedef float ai_float;
typedef double ai_double;
typedef bool ai_bool;
typedef char ai_char;
typedef uint32_t ai_size;
typedef int16_t ai_short_size;
typedef uintptr_t ai_uptr;
typedef unsigned int ai_uint;
typedef int ai_int;
typedef uint8_t ai_u8;
typedef uint16_t ai_u16;
typedef uint32_t ai_u32;
typedef uint64_t ai_u64;
typedef int8_t ai_i8;
typedef int16_t ai_i16;
typedef int32_t ai_i32;
typedef int64_t ai_i64;
typedef uint64_t ai_macc;
typedef int32_t ai_pbits;
typedef uint32_t ai_signature;
typedef uint32_t ai_flags;
typedef uint32_t ai_shape_dimension;
typedef int32_t ai_buffer_format;
typedef uint8_t ai_custom_type_signature;
typedef void* ai_handle;
typedef const void* ai_handle_const;
typedef void (*ai_handle_func)(ai_handle);

/* ---- Format words: bits 0-6 fractional bits + 64, 7-13 bits, 17-20 type, 21-22 ldiv, 23 sign, 24 complex, 25-31 flags ---- */
enum {
  AI_BUFFER_FMT_TYPE_NONE = 0x0,
  AI_BUFFER_FMT_TYPE_FLOAT = 0x1,
  AI_BUFFER_FMT_TYPE_Q = 0x2,
  AI_BUFFER_FMT_TYPE_BOOL = 0x3
};

#define AI_BUFFER_FMT_MASK (0x01FFFFFF)
#define AI_BUFFER_FMT_FLAG_CONST (0x1U << 30)
#define AI_BUFFER_FMT_FLAG_STATIC (0x1U << 29)
#define AI_BUFFER_FMT_FLAG_PERSISTENT (0x1U << 29)
#define AI_BUFFER_FMT_FLAG_IS_IO (0x1U << 27)

#define AI_BUFFER_FMT_PACK(value, mask, bits) ((((ai_buffer_format)(value)) & (mask)) << (bits))
#define AI_BUFFER_FMT_UNPACK(fmt, mask, bits) ((((ai_u32)(fmt)) >> (bits)) & (mask))
#define AI_BUFFER_FMT_OBJ(fmt) ((ai_buffer_format)(fmt))
#define AI_BUFFER_FMT_GET(fmt) (AI_BUFFER_FMT_OBJ(fmt) & AI_BUFFER_FMT_MASK)
#define AI_BUFFER_FMT_SAME(fmt1, fmt2) (AI_BUFFER_FMT_GET(fmt1) == AI_BUFFER_FMT_GET(fmt2))
#define AI_BUFFER_FMT_GET_FLOAT(fmt) AI_BUFFER_FMT_UNPACK(fmt, 0x1, 24)
#define AI_BUFFER_FMT_GET_SIGN(fmt) AI_BUFFER_FMT_UNPACK(fmt, 0x1, 23)
#define AI_BUFFER_FMT_GET_TYPE(fmt) AI_BUFFER_FMT_UNPACK(fmt, 0xF, 17)
#define AI_BUFFER_FMT_GET_BITS(fmt) AI_BUFFER_FMT_UNPACK(fmt, 0x7F, 7)
#define AI_BUFFER_FMT_GET_FBITS(fmt) ((ai_i32)AI_BUFFER_FMT_UNPACK(fmt, 0x7F, 0) - 64)
#define AI_BUFFER_FMT_SET_BITS(bits) AI_BUFFER_FMT_PACK(bits, 0x7F, 7)
#define AI_BUFFER_FMT_SET_FBITS(fbits) AI_BUFFER_FMT_PACK((fbits) + 64, 0x7F, 0)
#define AI_BUFFER_FMT_SET(type, sign, complex_, bits, fbits)                                                      \
  (AI_BUFFER_FMT_PACK(complex_, 0x1, 24) | AI_BUFFER_FMT_PACK(sign, 0x1, 23) | AI_BUFFER_FMT_PACK(type, 0xF, 17) | \
   AI_BUFFER_FMT_SET_BITS(bits) | AI_BUFFER_FMT_SET_FBITS(fbits))
#define AI_BUFFER_FMT_SET_COMPLEX(type, sign, bits, fbits) AI_BUFFER_FMT_SET(type, sign, 1, bits, fbits)

enum {
  AI_BUFFER_FORMAT_NONE = 0x00000040,
  AI_BUFFER_FORMAT_FLOAT = 0x00821040,
  AI_BUFFER_FORMAT_BOOL = 0x00060440,
  AI_BUFFER_FORMAT_U1 = 0x000400c0,
  AI_BUFFER_FORMAT_U8 = 0x00040440,
  AI_BUFFER_FORMAT_U16 = 0x00040840,
  AI_BUFFER_FORMAT_U32 = 0x00041040,
  AI_BUFFER_FORMAT_S1 = 0x008400c0,
  AI_BUFFER_FORMAT_S8 = 0x00840440,
  AI_BUFFER_FORMAT_S16 = 0x00840840,
  AI_BUFFER_FORMAT_S32 = 0x00841040,
  AI_BUFFER_FORMAT_Q = 0x00840040,
  AI_BUFFER_FORMAT_Q7 = 0x00840447,
  AI_BUFFER_FORMAT_Q15 = 0x0084084f,
  AI_BUFFER_FORMAT_UQ = 0x00040040,
  AI_BUFFER_FORMAT_UQ7 = 0x00040447,
  AI_BUFFER_FORMAT_UQ15 = 0x0004084f
};

/* ---- Errors --------------------------------------------------------------------------------------------------------------- */
typedef enum {
  AI_ERROR_NONE = 0x00,
  AI_ERROR_TOOL_PLATFORM_API_MISMATCH = 0x01,
  AI_ERROR_TYPES_MISMATCH = 0x02,
  AI_ERROR_INVALID_HANDLE = 0x10,
  AI_ERROR_INVALID_STATE = 0x11,
  AI_ERROR_INVALID_INPUT = 0x12,
  AI_ERROR_INVALID_OUTPUT = 0x13,
  AI_ERROR_INVALID_PARAM = 0x14,
  AI_ERROR_INVALID_SIGNATURE = 0x15,
  AI_ERROR_INVALID_SIZE = 0x16,
  AI_ERROR_INVALID_VALUE = 0x17,
  AI_ERROR_INIT_FAILED = 0x30,
  AI_ERROR_ALLOCATION_FAILED = 0x31,
  AI_ERROR_DEALLOCATION_FAILED = 0x32,
  AI_ERROR_CREATE_FAILED = 0x33
} ai_error_type;

typedef enum {
  AI_ERROR_CODE_NONE = 0x0000,
  AI_ERROR_CODE_NETWORK = 0x0010,
  AI_ERROR_CODE_NETWORK_PARAMS = 0x0011,
  AI_ERROR_CODE_NETWORK_WEIGHTS = 0x0012,
  AI_ERROR_CODE_NETWORK_ACTIVATIONS = 0x0013,
  AI_ERROR_CODE_LAYER = 0x0014,
  AI_ERROR_CODE_TENSOR = 0x0015,
  AI_ERROR_CODE_ARRAY = 0x0016,
  AI_ERROR_CODE_INVALID_PTR = 0x0017,
  AI_ERROR_CODE_INVALID_SIZE = 0x0018,
  AI_ERROR_CODE_INVALID_FORMAT = 0x0019,
  AI_ERROR_CODE_OUT_OF_RANGE = 0x0020,
  AI_ERROR_CODE_INVALID_BATCH = 0x0021,
  AI_ERROR_CODE_MISSED_INIT = 0x0030,
  AI_ERROR_CODE_IN_USE = 0x0040,
  AI_ERROR_CODE_LOCK = 0x0041
} ai_error_code;

typedef struct ai_error_ {
  ai_u32 type : 8;   /* ai_error_type */
  ai_u32 code : 24;  /* ai_error_code */
} ai_error;

#ifdef __cplusplus
#define AI_ERROR_INIT(type_, code_) {AI_ERROR_##type_, AI_ERROR_CODE_##code_}
#else
#define AI_ERROR_INIT(type_, code_) {.type = AI_ERROR_##type_, .code = AI_ERROR_CODE_##code_}
#endif

/* ---- Shapes ---------------------------------------------------------------------------------------------------------------- */
#define AI_SHAPE_BCWH (0x01)
#define AI_SHAPE_BATCH (0)
#define AI_SHAPE_IN_CHANNEL (0)
#define AI_SHAPE_TIME (0)
#define AI_SHAPE_CHANNEL (1)
#define AI_SHAPE_WIDTH (2)
#define AI_SHAPE_HEIGHT (3)
#define AI_SHAPE_DEPTH (4)
#define AI_SHAPE_EXTENSION (5)

/* ---- Buffers --------------------------------------------------------------------------------------------------------------- */
#define AI_BUFFER_META_HAS_INTQ_INFO (0x1U << 0)
#define AI_BUFFER_META_FLAG_SCALE_FLOAT (0x1U << 0)
#define AI_BUFFER_META_FLAG_ZEROPOINT_U8 (0x1U << 1)
#define AI_BUFFER_META_FLAG_ZEROPOINT_S8 (0x1U << 2)
#define AI_BUFFER_META_FLAG_ZEROPOINT_U16 (0x1U << 3)
#define AI_BUFFER_META_FLAG_ZEROPOINT_S16 (0x1U << 4)

/* Arrays of scales and zero points; real = scale * (q - zero point). */
typedef struct ai_intq_info_ {
  const ai_float* scale;
  const ai_handle zeropoint;
} ai_intq_info;

typedef struct ai_intq_info_list_ {
  ai_u16 flags;  /* AI_BUFFER_META_FLAG_...: the type of the zero points */
  ai_u16 size;   /* number of pairs; more than 1: per channel */
  const ai_intq_info* info;
} ai_intq_info_list;

typedef struct ai_buffer_meta_info_ {
  ai_u32 flags;
  ai_intq_info_list* intq_info;
} ai_buffer_meta_info;

typedef struct ai_buffer_shape_ {
  ai_u32 type : 8;   /* AI_SHAPE_BCWH */
  ai_u32 size : 24;  /* number of dimensions, 4 or more */
  ai_shape_dimension* data;
} ai_buffer_shape;

typedef struct ai_buffer_ {
  ai_buffer_format format;
  ai_handle data;
  ai_buffer_meta_info* meta_info;  /* scale and zero point; NULL for real numbers */
  ai_flags flags;
  ai_size size;                    /* elements */
  ai_buffer_shape shape;
} ai_buffer;

typedef struct ai_buffer_array_ {
  ai_u16 flags;
  ai_u16 size;
  ai_buffer* buffer;
} ai_buffer_array;

/* The two forms of a network's parameters share their bytes: the first word (`params.format` or `map_signature`) tells them apart. */
#define AI_NETWORK_BUFFERS_FIELD_DECLARE                                                  \
  ai_signature map_signature;      /* AI_MAGIC_SIGNATURE */                               \
  ai_buffer_array map_weights;                                                            \
  ai_buffer_array map_activations;

#define AI_NETWORK_PARAMS_FIELDS_DECLARE                                                  \
  AI_ANONYMOUS union {                                                                    \
    AI_ANONYMOUS struct {                                                                 \
      ai_buffer params;                                                                   \
      ai_buffer activations;                                                              \
    };                                                                                    \
    AI_ANONYMOUS struct {                                                                 \
      AI_NETWORK_BUFFERS_FIELD_DECLARE                                                    \
    };                                                                                    \
  };

typedef struct ai_network_params_ {
  AI_NETWORK_PARAMS_FIELDS_DECLARE
} ai_network_params;

typedef struct ai_network_buffers_ {
  AI_NETWORK_BUFFERS_FIELD_DECLARE
} ai_network_buffers;

typedef struct ai_platform_version_ {
  ai_u8 major;
  ai_u8 minor;
  ai_u8 micro;
  ai_u8 reserved;
} ai_platform_version;

typedef struct ai_network_report_ {
  const char* model_name;
  const char* model_signature;
  const char* model_datetime;
  const char* compile_datetime;
  const char* runtime_revision;
  ai_platform_version runtime_version;
  const char* tool_revision;
  ai_platform_version tool_version;
  ai_platform_version tool_api_version;
  ai_platform_version api_version;
  ai_platform_version interface_api_version;
  ai_macc n_macc;
  ai_u16 n_inputs;
  ai_u16 n_outputs;
  ai_buffer* inputs;
  ai_buffer* outputs;
  AI_NETWORK_PARAMS_FIELDS_DECLARE
  ai_u32 n_nodes;
  ai_signature signature;
} ai_network_report;

/* ---- Queries of buffers ------------------------------------------------------------------------------------------------------ */
#define AI_BUFFER_FORMAT(buffer) AI_BUFFER_FMT_GET((buffer)->format)
#define AI_BUFFER_SIZE(buffer) ai_buffer_get_size(buffer, true)
#define AI_BUFFER_SIZE_UNPAD(buffer) ai_buffer_get_size(buffer, false)
#define AI_BUFFER_BYTE_SIZE(count, format) ai_buffer_get_byte_size(count, format)
#define AI_BUFFER_FLAGS(buffer) ((buffer) ? (buffer)->flags : 0x0)
#define AI_BUFFER_DATA(buffer, type) ((type*)((buffer)->data))
#define AI_BUFFER_SHAPE_TYPE(buffer) ((buffer) ? (buffer)->shape.type : 0)
#define AI_BUFFER_SHAPE_SIZE(buffer) ((buffer) ? (buffer)->shape.size : 0)
#define AI_BUFFER_SHAPE_ELEM(buffer, pos) ((buffer)->shape.data[pos])
#define AI_BUFFER_SET_SHAPE_ELEM(buffer, pos, value) { (buffer)->shape.data[pos] = (value); }
#define AI_BUFFER_N_BATCHES(buffer) AI_BUFFER_SHAPE_ELEM(buffer, AI_SHAPE_BATCH)
#define AI_BUFFER_CHANNELS(buffer) AI_BUFFER_SHAPE_ELEM(buffer, AI_SHAPE_CHANNEL)
#define AI_BUFFER_WIDTH(buffer) AI_BUFFER_SHAPE_ELEM(buffer, AI_SHAPE_WIDTH)
#define AI_BUFFER_HEIGHT(buffer) AI_BUFFER_SHAPE_ELEM(buffer, AI_SHAPE_HEIGHT)

#define AI_HAS_INTQ_INFO_LIST(list) ((list) && (list)->info && (list)->size > 0)
#define AI_INTQ_INFO_LIST(list) (list)
#define AI_INTQ_INFO_LIST_FLAGS(list) ((list) ? (list)->flags : 0)
#define AI_INTQ_INFO_LIST_SIZE(list) ((list) ? (list)->size : 0)
#define AI_INTQ_INFO_LIST_SCALE(list, type, pos) \
  ((AI_HAS_INTQ_INFO_LIST(list) && (pos) < (list)->size) ? ((const type*)((list)->info->scale))[pos] : (type)1.0f)
#define AI_INTQ_INFO_LIST_ZEROPOINT(list, type, pos) \
  ((AI_HAS_INTQ_INFO_LIST(list) && (pos) < (list)->size) ? ((const type*)((list)->info->zeropoint))[pos] : (type)0)

#define AI_BUFFER_META_INFO(buffer) ((buffer)->meta_info)
#define AI_BUFFER_META_INFO_INTQ(meta) \
  (((meta) && ((meta)->flags & AI_BUFFER_META_HAS_INTQ_INFO)) ? (meta)->intq_info : NULL)
#define AI_BUFFER_META_INFO_INTQ_GET_SIZE(meta) (AI_BUFFER_META_INFO_INTQ(meta) ? AI_BUFFER_META_INFO_INTQ(meta)->size : 0)
#define AI_BUFFER_META_INFO_INTQ_GET_SCALE(meta, pos) \
  (AI_BUFFER_META_INFO_INTQ(meta) ? AI_INTQ_INFO_LIST_SCALE(AI_BUFFER_META_INFO_INTQ(meta), ai_float, pos) : 0)
#define AI_BUFFER_META_INFO_INTQ_GET_ZEROPOINT(meta, pos)                                                    \
  (AI_BUFFER_META_INFO_INTQ(meta)                                                                            \
       ? ((AI_BUFFER_META_INFO_INTQ(meta)->flags & AI_BUFFER_META_FLAG_ZEROPOINT_U8)                         \
              ? (ai_int)AI_INTQ_INFO_LIST_ZEROPOINT(AI_BUFFER_META_INFO_INTQ(meta), ai_u8, pos)              \
              : (ai_int)AI_INTQ_INFO_LIST_ZEROPOINT(AI_BUFFER_META_INFO_INTQ(meta), ai_i8, pos))             \
       : 0)

#define AI_BUFFER_ARRAY_SANE(array) ai_buffer_array_sane(array)
#define AI_BUFFER_ARRAY_FLAGS(array) (AI_BUFFER_ARRAY_SANE(array) ? (array)->flags : AI_FLAG_NONE)
#define AI_BUFFER_ARRAY_SIZE(array) (AI_BUFFER_ARRAY_SANE(array) ? (array)->size : 0)
#define AI_BUFFER_ARRAY_ITEM(array, pos) (AI_BUFFER_ARRAY_SANE(array) ? ((array)->buffer + (pos)) : NULL)
#define AI_BUFFER_ARRAY_ITEM_SET_ADDRESS(array, pos, address) ai_buffer_array_item_set_address(array, pos, address)

/* ---- Initialisers: in C++ positional, for it has no C99 designators ---------------------------------------------------------- */
#ifdef __cplusplus
#define AI_BUFFER_SHAPE_INIT_FROM_ARRAY(type_, size_, ptr_) {(type_), (size_), (ptr_)}
#define AI_BUFFER_INIT(flags_, format_, shape_, size_, meta_info_, data_) \
  {(ai_buffer_format)(format_), (ai_handle)(data_), (meta_info_), (flags_), (size_), AI_PACK(shape_)}
#define AI_BUFFER_META_INFO_INIT(flags_, intq_) {(flags_), (intq_)}
#define AI_BUFFER_ARRAY_OBJ_INIT(flags_, size_, ptr_) {(ai_u16)(flags_), (ai_u16)(size_), (ptr_)}
#define AI_NETWORK_PARAMS_INIT(params_, activations_) {{{params_, activations_}}}
#else
#define AI_BUFFER_SHAPE_INIT_FROM_ARRAY(type_, size_, ptr_) {.type = (type_), .size = (size_), .data = (ptr_)}
#define AI_BUFFER_SHAPE_INIT(type_, size_, ...) \
  {.type = (type_), .size = (size_), .data = (ai_shape_dimension[]){__VA_ARGS__}}
#define AI_BUFFER_INIT(flags_, format_, shape_, size_, meta_info_, data_)                                     \
  {.format = (ai_buffer_format)(format_), .data = (ai_handle)(data_), .meta_info = (meta_info_), .flags = (flags_), \
   .size = (size_), .shape = AI_PACK(shape_)}
#define AI_BUFFER_INIT_STATIC(type_, flags_, format_, shape_, size_, meta_info_, ...)                                \
  {.format = (ai_buffer_format)(format_), .data = (ai_handle)((type_[]){__VA_ARGS__}), .meta_info = (meta_info_),    \
   .flags = (flags_), .size = (size_), .shape = AI_PACK(shape_)}
#define AI_BUFFER_OBJ_INIT(format_, h_, w_, ch_, n_batches_, data_)                                                  \
  {.format = (ai_buffer_format)(format_), .data = (ai_handle)(data_), .meta_info = NULL, .flags = AI_FLAG_NONE,      \
   .size = (ai_size)((h_) * (w_) * AI_PAD_CHANNELS(format_, ch_)),                                                   \
   .shape = AI_BUFFER_SHAPE_INIT(AI_SHAPE_BCWH, 4, (n_batches_), (ch_), (w_), (h_))}
#define AI_BUFFER_META_INFO_INIT(flags_, intq_) {.flags = (flags_), .intq_info = (intq_)}
#define AI_BUFFER_ARRAY_OBJ_INIT(flags_, size_, ptr_) {.flags = (ai_u16)(flags_), .size = (ai_u16)(size_), .buffer = (ptr_)}
#define AI_BUFFER_ARRAY_OBJ_INIT_STATIC(flags_, size_, ...) \
  {.flags = (ai_u16)(flags_), .size = (ai_u16)(size_), .buffer = (ai_buffer*)((ai_buffer[]){__VA_ARGS__})}
#define AI_NETWORK_PARAMS_INIT(params_, activations_) {.params = params_, .activations = activations_}
#define AI_NETWORK_BUFFERS_INIT(weights_array_, activations_array_) \
  {.map_signature = AI_MAGIC_SIGNATURE, .map_weights = AI_PACK(weights_array_), .map_activations = AI_PACK(activations_array_)}
#endif

/* ---- Options of operators, named by older clients ---------------------------------------------------------------------------- */
typedef enum { AI_SCATTER_ND_NONE, AI_SCATTER_ND_OPERATION } ai_scatter_nd_reduction;
typedef enum { AI_UPSAMPLE_ZEROS, AI_UPSAMPLE_NEAREST, AI_UPSAMPLE_BILINEAR, AI_UPSAMPLE_TRILINEAR } ai_upsample_mode;
typedef enum { AI_RESIZE_ZEROS, AI_RESIZE_NEAREST, AI_RESIZE_LINEAR, AI_RESIZE_CUBIC } ai_resize_mode;
typedef enum {
  AI_HALF_PIXEL,
  AI_PYTORCH_HALF_PIXEL,
  AI_ALIGN_CORNERS,
  AI_ASYMMETRIC,
  AI_TF_HALF_PIXEL_FOR_NN,
  AI_TF_CROP_AND_RESIZE
} ai_coord_transf_mode;
typedef enum { AI_ROUND_PREFER_FLOOR, AI_ROUND_PREFER_CEIL, AI_ROUND_FLOOR, AI_ROUND_CEIL } ai_nearest_mode;
typedef enum { AI_PAD_CONSTANT, AI_PAD_REFLECT, AI_PAD_EDGE, AI_PAD_8BIT_CH1ST_CONSTANT } ai_pad_mode;

#define OUTPUT_PADDING_FLAG (1 << 0)
#define CHANNEL_FIRST_FLAG (1 << 1)
#define CHANNEL_PADDING_PATTERN (1 << 2)
typedef enum {
  AI_LAYER_FORMAT_CHANNEL_LAST_VALID = 0,
  AI_LAYER_FORMAT_CHANNEL_LAST_SAME = 1,
  AI_LAYER_FORMAT_CHANNEL_FIRST_VALID = 2,
  AI_LAYER_FORMAT_CHANNEL_FIRST_SAME = 3,
  AI_LAYER_FORMAT_CHANNEL_FIRST_SAME2 = 7
} ai_layer_format_type;

/* ---- Functions ---------------------------------------------------------------------------------------------------------------- */

/* Elements of a buffer, from its shape; `with_padding` rounds the channels of 1-bit formats up to whole 32-bit words. NULL: 0. */
AI_API_ENTRY ai_size ai_buffer_get_size(const ai_buffer* buffer, const ai_bool with_padding);

/* Bytes of `count` elements of a format; whole bytes, 1-bit formats in whole 32-bit words. */
AI_API_ENTRY ai_size ai_buffer_get_byte_size(const ai_size count, const ai_buffer_format fmt);

AI_API_ENTRY ai_bool ai_buffer_array_is_empty(const ai_buffer_array* array);   /* NULL, or without buffers */
AI_API_ENTRY ai_bool ai_buffer_array_is_valid(const ai_buffer_array* array);   /* every buffer has an address */
AI_API_ENTRY ai_bool ai_buffer_array_sane(const ai_buffer_array* array);       /* has buffers, with or without addresses */
AI_API_ENTRY ai_size ai_buffer_array_get_byte_size(const ai_buffer_array* array);
AI_API_ENTRY ai_bool ai_buffer_array_item_set_address(ai_buffer_array* array, const ai_u32 pos, ai_handle address);

AI_API_DECLARE_END

#endif
