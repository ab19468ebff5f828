using System.Collections.Immutable;
using System.Globalization;

namespace PortAudit.Reports.Packets;

/// <summary>A layer of a frame, field by field.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Offset">Offset of its first byte in the frame, in bytes.</param>
/// <param name="Length">Its captured length in bytes; 0 for a layer that stands for no bytes.</param>
/// <param name="Fields">Its fields in the order of the wire.</param>
public sealed record PacketLayer(string Title, int Offset, int Length, ImmutableArray<PacketField> Fields)
{
    /// <summary>The title, and which bytes of the frame the layer is.</summary>
    public string Heading => Length == 0
        ? Title
        : string.Create(CultureInfo.InvariantCulture, $"{Title}, bytes {Offset} to {Offset + Length - 1}");
}

/// <summary>A field of a layer.</summary>
/// <param name="Offset">Offset of its first byte in the frame, in bytes; null for what no single byte says.</param>
/// <param name="Name">Its name in the specification.</param>
/// <param name="Value">Its value for a reader.</param>
public sealed record PacketField(int? Offset, string Name, string Value);
