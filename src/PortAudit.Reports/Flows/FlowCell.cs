using System.Globalization;
using PortAudit.Traffic.Wire;

namespace PortAudit.Reports.Flows;

/// <summary>One value of a flow: how it is shown, and what it is sorted by.</summary>
/// <param name="Text">The value as text; null when unknown.</param>
/// <param name="IsNumber">True for a number, which JSON writes without quotes.</param>
/// <param name="Rank">What numbers, times and addresses are sorted by; 0 for a text, which is sorted by itself.</param>
internal readonly record struct FlowCell(string? Text, bool IsNumber, UInt128 Rank) : IComparable<FlowCell>
{
    public static readonly FlowCell Unknown = new(null, IsNumber: false, 0);

    public static FlowCell Of(string? text) => new(string.IsNullOrEmpty(text) ? null : text, IsNumber: false, 0);

    public static FlowCell Of(long number) =>
        new(number.ToString(CultureInfo.InvariantCulture), IsNumber: true, (UInt128)(number ^ long.MinValue));

    public static FlowCell Of(IpAddress address) =>
        new(address.ToString(), IsNumber: false, new UInt128(address.High, address.Low));

    /// <summary>Unknown values come last.</summary>
    public int CompareTo(FlowCell other)
    {
        if (Text is null || other.Text is null)
            return (Text is null).CompareTo(other.Text is null);
        var byRank = Rank.CompareTo(other.Rank);
        return byRank != 0 ? byRank : string.CompareOrdinal(Text, other.Text);
    }
}
