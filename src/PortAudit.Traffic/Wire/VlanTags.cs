using System.Globalization;

namespace PortAudit.Traffic.Wire;

/// <summary>The VLAN identifiers of a frame (IEEE 802.1Q §9.6), outermost first. At most two are kept; deeper tags are skipped over.</summary>
/// <param name="Outer">Identifier of the outermost tag plus one, 0 without a tag.</param>
/// <param name="Inner">Identifier of the second tag plus one, 0 without one.</param>
public readonly record struct VlanTags(ushort Outer, ushort Inner)
{
    /// <summary>An untagged frame.</summary>
    public static readonly VlanTags None;

    /// <inheritdoc />
    public bool Equals(VlanTags other) => Outer == other.Outer && Inner == other.Inner;

    /// <inheritdoc />
    public override int GetHashCode() => (Outer << 16) | Inner;

    /// <summary>These tags with one more inside.</summary>
    /// <param name="identifier">VLAN identifier, 0 to 4095.</param>
    public VlanTags Push(ushort identifier) => Join((ushort)(identifier + 1));

    /// <summary>These tags with one more inside, which is held as in <see cref="Outer"/>: none when it is 0.</summary>
    internal VlanTags Join(ushort stored)
    {
        if (Outer == 0)
            return new VlanTags(stored, 0);
        return Inner == 0 ? this with { Inner = stored } : this;
    }

    /// <summary>The identifiers parted by a dot, outermost first; empty without a tag.</summary>
    public override string ToString() => (Outer, Inner) switch
    {
        (0, _) => "",
        (_, 0) => (Outer - 1).ToString(CultureInfo.InvariantCulture),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Outer - 1}.{Inner - 1}"),
    };
}
