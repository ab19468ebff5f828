using System.Numerics;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Reads values of fields that are numbers.</summary>
internal static class NftNumbers
{
    /// <summary>The numbers that meet a comparison; null when a value is none of the field's.</summary>
    /// <param name="sign">The operator.</param>
    /// <param name="value">What is compared with.</param>
    /// <param name="read">Reads a word.</param>
    public static IntervalSet<T>? Compared<T>(string sign, NftValue value, Func<string, IntervalSet<T>?> read)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var ranges = new List<Interval<T>>();
        if (!Add(value, read, ranges))
            return null;
        var set = IntervalSet.Of(ranges);
        return sign switch
        {
            "" or "==" or "in" => set,
            "!=" or "!" => set.Complement(),
            _ => set.Ranges is [var only] && only.First == only.Last ? Ordered(sign, only.First) : null,
        };
    }

    private static IntervalSet<T>? Ordered<T>(string sign, T number)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> => sign switch
        {
            "<" => number == T.MinValue ? IntervalSet.Empty<T>() : IntervalSet.Of(T.MinValue, number - T.One),
            "<=" => IntervalSet.Of(T.MinValue, number),
            ">" => number == T.MaxValue ? IntervalSet.Empty<T>() : IntervalSet.Of(number + T.One, T.MaxValue),
            ">=" => IntervalSet.Of(number, T.MaxValue),
            _ => null,
        };

    private static bool Add<T>(NftValue value, Func<string, IntervalSet<T>?> read, List<Interval<T>> ranges)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        switch (value)
        {
            case NftWord word when read(word.Text) is { } set:
                ranges.AddRange(set.Ranges);
                return true;
            case NftRange range when read(range.First) is { IsEmpty: false } first
                && read(range.Last) is { IsEmpty: false } last:
                ranges.Add(new Interval<T>(first.Ranges[0].First, last.Ranges[^1].Last));
                return first.Ranges[0].First <= last.Ranges[^1].Last;
            case NftMany { IsFlags: false } many:
                return many.Elements.All(element => Add(element.Key, read, ranges));
            default:
                return false;
        }
    }
}
