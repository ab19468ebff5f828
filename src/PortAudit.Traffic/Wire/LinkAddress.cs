using System.Buffers.Binary;

namespace PortAudit.Traffic.Wire;

/// <summary>A MAC address of 48 bits (IEEE 802 §8.1).</summary>
/// <param name="Value">Its bits; the first byte on the wire is the highest of six.</param>
public readonly record struct LinkAddress(ulong Value) : IComparable<LinkAddress>
{
    /// <summary>Length in bytes.</summary>
    internal const int Length = 6;

    /// <summary>Reads the first six bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    internal static LinkAddress Read(ReadOnlySpan<byte> bytes) => new(
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]));

    /// <inheritdoc />
    public int CompareTo(LinkAddress other) => Value.CompareTo(other.Value);

    /// <summary>Six hexadecimal numbers, for example <c>02:00:5e:10:00:01</c>.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Value);
        return string.Join(':', Convert.ToHexStringLower(bytes[(sizeof(ulong) - Length)..]).Chunk(2)
            .Select(pair => new string(pair)));
    }
}
