/* Small macros that client code of the legacy API expects. */
#ifndef AI_DATATYPES_DEFINES_H
#define AI_DATATYPES_DEFINES_H

#include "ai_platform.h"
#include "core_assert.h"

#ifdef HAS_AI_ASSERT
#include <assert.h>
#define AI_ASSERT(cond) assert(cond);
#else
#define AI_ASSERT(cond) AI_WRAP_FUNC((void)0;)
#endif

#ifdef HAS_AI_DEBUG
#include <stdio.h>
#define AI_DEBUG(...) __VA_ARGS__
#define AI_DEBUG_PRINT(...) AI_WRAP_FUNC(printf(__VA_ARGS__);)
#else
#define AI_DEBUG(...) AI_WRAP_FUNC((void)0;)
#define AI_DEBUG_PRINT(...) AI_WRAP_FUNC((void)0;)
#endif

#define AI_WRAP_FUNC(fn_) do { fn_ } while (0);
#define AI_CAT_ARG(a, ...) a##__VA_ARGS__
#define AI_CAT(a, ...) AI_CAT_ARG(a, __VA_ARGS__)
#define AI_STRINGIFY_ARG(contents) #contents
#define AI_STRINGIFY(macro_or_string) AI_STRINGIFY_ARG(macro_or_string)
#define AI_CR "\r\n"

#define AI_INTERFACE_ENTRY
#define AI_STATIC static
#define AI_CONST const
#define AI_STATIC_CONST static const
#if defined(__ICCARM__) || defined(_MSC_VER)
#define AI_DECLARE_STATIC static inline
#define AI_HINT_INLINE static inline
#define AI_FORCE_INLINE static inline
#else
#define AI_DECLARE_STATIC static __inline
#define AI_HINT_INLINE static __inline
#define AI_FORCE_INLINE static __inline __attribute__((always_inline))
#endif
#define AI_ALIGNED_TYPE(type, x) type AI_ALIGNED(x)
#define AI_PACKED_STRUCT_START
#define AI_PACKED_STRUCT_END
#define AI_PACKED_UNION_START
#define AI_PACKED_UNION_END
#define AI_PACKED

#define AI_FLAG_SET(mask, flag) ((mask) |= (flag))
#define AI_FLAG_UNSET(mask, flag) ((mask) &= (~(flag)))
#define AI_FLAG_IS_SET(mask, flag) (((mask) & (flag)) == (flag))
#define AI_ALIGN_MASKED(value, mask) (((value) + (mask)) & (~(mask)))

#ifndef AI_MIN
#define AI_MIN(x, y) (((x) < (y)) ? (x) : (y))
#endif
#ifndef AI_MAX
#define AI_MAX(x, y) (((x) > (y)) ? (x) : (y))
#endif
#define AI_CLAMP(x, min, max) AI_MIN(AI_MAX(x, min), max)
#define AI_ROUND(v, type) ((type)(((v) < 0) ? (v) - 0.5f : (v) + 0.5f))

#endif
