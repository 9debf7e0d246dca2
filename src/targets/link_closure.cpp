#include "targets/link_closure.h"

#include <algorithm>
#include <deque>
#include <set>

namespace ew {
namespace {

void add(SectionSizes& sizes, const ObjectSection& section) {
  switch (section.kind) {
    case SectionKind::text: sizes.text += section.bytes; break;
    case SectionKind::rodata: sizes.rodata += section.bytes; break;
    case SectionKind::data: sizes.data += section.bytes; break;
    case SectionKind::bss: sizes.bss += section.bytes; break;
    case SectionKind::none: break;
  }
}

// As a linker does it: first all objects that anything names are gathered, so that it is known which definition of a symbol counts; then what
// can be reached is kept.
class Linker {
 public:
  Linker(std::span<const ObjectFile> objects, std::span<const Archive> archives) : archives_(archives) {
    for (const ObjectFile& object : objects) result_.modules.push_back({object.name, {}});
    for (const Archive& archive : archives) result_.modules.push_back({archive.name(), {}});
    for (size_t i = 0; i < objects.size(); ++i) load(objects[i], i);
    objects_ = objects.size();
  }

  LinkClosure run(std::span<const std::string> entry_points) {
    for (const std::string& name : entry_points) fetch(name);
    for (size_t i = 0; i < loaded_.size(); ++i)        // grows
      for (size_t s = 0; s < loaded_[i].object.symbols.size(); ++s) {
        const ObjectSymbol& symbol = loaded_[i].object.symbols[s];
        if (!symbol.defined && !symbol.weak && !symbol.name.empty()) fetch(symbol.name);
      }
    for (const std::string& name : entry_points) reach_symbol(name, false);
    while (!work_.empty()) {
      const Place place = work_.front();
      work_.pop_front();
      follow(place);
    }
    return std::move(result_);
  }

 private:
  struct Loaded {
    ObjectFile object;
    size_t module;
    std::vector<bool> kept;
  };
  struct Place { size_t object; int section; };

  // A symbol that is defined twice: the first definition that is not weak counts.
  void load(ObjectFile object, size_t module) {
    const size_t index = loaded_.size();
    for (const ObjectSymbol& symbol : object.symbols) {
      if (symbol.local || !symbol.defined) continue;
      const auto [it, is_new] = symbols_.try_emplace(symbol.name, Definition{{index, symbol.section}, symbol.weak});
      if (!is_new && it->second.weak && !symbol.weak) it->second = {{index, symbol.section}, false};
    }
    std::vector<bool> kept(object.sections.size(), false);
    loaded_.push_back({std::move(object), module, std::move(kept)});
    for (size_t s = 0; s < loaded_[index].object.sections.size(); ++s)
      if (loaded_[index].object.sections[s].always_kept) keep({index, static_cast<int>(s)});
  }

  void reach_symbol(const std::string& name, bool weak) {
    const auto it = symbols_.find(name);
    if (it != symbols_.end()) keep(it->second.place);
    else if (!weak && missing_.insert(name).second) result_.undefined.push_back(name);
  }

  void fetch(const std::string& name) {
    if (symbols_.contains(name)) return;
    for (size_t a = 0; a < archives_.size(); ++a) {
      const std::optional<size_t> member = archives_[a].member_of(name);
      if (!member) continue;
      if (fetched_.insert({a, *member}).second) load(archives_[a].member(*member), objects_ + a);
      return;
    }
  }

  void keep(Place place) {
    if (place.section < 0) return;               // absolute
    Loaded& loaded = loaded_[place.object];
    const auto section = static_cast<size_t>(place.section);
    if (loaded.kept[section]) return;
    loaded.kept[section] = true;
    add(result_.modules[loaded.module].sizes, loaded.object.sections[section]);
    work_.push_back(place);
  }

  void follow(Place place) {
    const std::vector<ObjectSection>& sections = loaded_[place.object].object.sections;
    for (const int index : sections[static_cast<size_t>(place.section)].references) {
      const ObjectSymbol& symbol = loaded_[place.object].object.symbols[static_cast<size_t>(index)];
      if (symbol.local) {
        if (symbol.defined) keep({place.object, symbol.section});
      } else {
        reach_symbol(symbol.name, symbol.weak && !symbol.defined);
      }
    }
    for (size_t s = 0; s < sections.size(); ++s)
      if (sections[s].goes_with == place.section) keep({place.object, static_cast<int>(s)});
  }

  struct Definition { Place place; bool weak; };
  std::span<const Archive> archives_;
  size_t objects_ = 0;
  std::deque<Loaded> loaded_;
  std::unordered_map<std::string, Definition> symbols_;
  std::set<std::pair<size_t, size_t>> fetched_;
  std::set<std::string> missing_;
  std::deque<Place> work_;
  LinkClosure result_;
};

}  // namespace

LinkClosure close_links(std::span<const ObjectFile> objects, std::span<const Archive> archives, std::span<const std::string> entry_points) {
  return Linker(objects, archives).run(entry_points);
}

}  // namespace ew
