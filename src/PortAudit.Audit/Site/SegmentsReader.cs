using System.Collections.Immutable;
using PortAudit.Audit.Wording;
using PortAudit.Audit.Yaml;

namespace PortAudit.Audit.Site;

/// <summary>Reads the segments of a site.</summary>
internal sealed class SegmentsReader(FileDiagnostics diagnostics)
{
    /// <summary>What stands for every address that no other segment holds.</summary>
    private const string Rest = "any";

    private readonly Dictionary<Prefix, (string Segment, TextPosition Position)> _prefixes = [];
    private (string Segment, int Line)? _rest;

    /// <summary>The segments in the order of the file; what is wrong with them is noted.</summary>
    public ImmutableArray<Segment> Read(ImmutableArray<YamlEntry> entries)
    {
        ImmutableArray<Segment> segments = [.. entries.Select(ReadSegment)];
        WarnOfNesting();
        return segments;
    }

    private Segment ReadSegment(YamlEntry entry)
    {
        var name = entry.Key.Text;
        if (string.IsNullOrWhiteSpace(name))
            diagnostics.Error(entry.Key.Position, "a segment has no name");
        var texts = TextsOf(entry);
        var rest = texts.FirstOrDefault(text => text.Text == Rest);
        if (rest is not null)
            ReadRest(name, rest, texts.Length == 1);
        var prefixes = ImmutableArray.CreateBuilder<Prefix>();
        foreach (var text in texts.Where(text => text.Text != Rest))
        {
            if (AddressText.ReadPrefix(text, diagnostics) is { } prefix && IsNew(prefix, name, text))
                prefixes.Add(prefix);
        }

        return new Segment(name, prefixes.ToImmutable());
    }

    private ImmutableArray<YamlText> TextsOf(YamlEntry entry)
    {
        ImmutableArray<YamlValue> items = entry.Value is YamlList list ? list.Items : [entry.Value];
        if (items.IsEmpty)
        {
            diagnostics.Error(
                entry.Value.Position,
                $"segment {Spelling.Quote(entry.Key.Text)} holds no prefix",
                "name at least one, or write [any] for all other addresses");
        }

        foreach (var item in items.Where(item => item is not YamlText { IsNull: false }))
            diagnostics.Error(item.Position, $"a prefix is expected in segment {Spelling.Quote(entry.Key.Text)}, this "
                + $"is {(item.IsNull ? "empty" : item.Kind)}");
        return [.. items.OfType<YamlText>().Where(text => !text.IsNull)];
    }

    private void ReadRest(string name, YamlText text, bool isAlone)
    {
        if (!isAlone)
        {
            diagnostics.Error(
                text.Position,
                $"segment {Spelling.Quote(name)} has 'any' next to prefixes",
                "'any' stands alone and means all addresses of no other segment");
        }

        if (_rest is { } earlier)
        {
            diagnostics.Error(
                text.Position,
                $"segments {Spelling.Quote(earlier.Segment)} (line {earlier.Line}) and {Spelling.Quote(name)} (line "
                    + $"{text.Position.Line}) both are 'any'",
                "one segment takes all other addresses");
        }

        _rest ??= (name, text.Position.Line);
    }

    private bool IsNew(Prefix prefix, string name, YamlText text)
    {
        if (_prefixes.TryAdd(prefix, (name, text.Position)))
            return true;
        var (segment, position) = _prefixes[prefix];
        diagnostics.Error(
            text.Position,
            $"{prefix} is in segment {Spelling.Quote(segment)} (line {position.Line}) and in segment "
                + $"{Spelling.Quote(name)} (line {text.Position.Line})",
            "keep one of them");
        return false;
    }

    /// <summary>A prefix nested in another segment takes its addresses out of it. Reported once per outer
    /// prefix.</summary>
    private void WarnOfNesting()
    {
        var nested = PrefixNesting.Of(_prefixes.Keys)
            .Where(pair => _prefixes[pair.Inner].Segment != _prefixes[pair.Outer].Segment);
        foreach (var group in nested.GroupBy(pair => pair.Outer, pair => pair.Inner))
        {
            var first = group.MinBy(inner => (_prefixes[inner].Position.Line, _prefixes[inner].Position.Column));
            var (inside, position) = _prefixes[first];
            var (around, line) = (_prefixes[group.Key].Segment, _prefixes[group.Key].Position.Line);
            var more = group.Count() - 1;
            diagnostics.Warning(
                position,
                $"{first} of segment {Spelling.Quote(inside)} (line "
                    + $"{position.Line})"
                    + $"{(more == 0 ? " lies" : $" and {Quantity.Of(more, "further prefix", "further prefixes")} lie")}"
                    + $" inside {group.Key} of segment {Spelling.Quote(around)} (line {line})",
                $"nothing to do if that is meant: the longer prefix wins, its addresses are not in "
                    + $"{Spelling.Quote(around)}");
        }
    }
}
