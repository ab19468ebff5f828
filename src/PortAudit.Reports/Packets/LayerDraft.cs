using System.Globalization;
using PacketDotNet.Utils;

namespace PortAudit.Reports.Packets;

/// <summary>A layer that is being read from the bytes of a frame.</summary>
/// <param name="bytes">The frame as far as it was captured.</param>
/// <param name="offset">Where the layer begins in it, in bytes.</param>
internal sealed class LayerDraft(byte[] bytes, int offset)
{
    private readonly List<PacketField> _fields = [];

    /// <summary>Where the layer begins, in bytes.</summary>
    public int Offset => offset;

    public int Available => bytes.Length - offset;

    /// <summary>The bytes from there on, as PacketDotNet takes them.</summary>
    public ByteArraySegment Segment => new(bytes, offset, Available);

    public byte this[int position] => bytes[offset + position];

    public ReadOnlySpan<byte> Slice(int position, int length) => bytes.AsSpan(offset + position, length);

    /// <summary>Adds a field.</summary>
    /// <param name="position">Its first byte, counted from that of the layer.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    public void Add(int position, string name, string value) =>
        _fields.Add(new PacketField(offset + position, name, value));

    public void Add(int position, string name, long value) =>
        Add(position, name, value.ToString(CultureInfo.InvariantCulture));

    public void AddHex(int position, string name, int value, int digits) =>
        Add(position, name, "0x" + value.ToString($"X{digits}", CultureInfo.InvariantCulture));

    /// <summary>The layer.</summary>
    /// <param name="title">Its name.</param>
    /// <param name="length">Its length in bytes.</param>
    public PacketLayer ToLayer(string title, int length) =>
        new(title, offset, Math.Clamp(length, 0, Math.Max(0, Available)), [.. _fields]);

    /// <summary>Reads a layer with PacketDotNet, which throws exceptions of any type on unexpected bytes; then the
    /// project's decoder's reading is used.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="offset">Where the layer begins.</param>
    /// <param name="read">Reads it; null where it is not there.</param>
    /// <param name="otherwise">The layer as the own decoder read it; null when it read none.</param>
    public static PacketLayer? Read(byte[] bytes, int offset, Func<LayerDraft, PacketLayer?> read,
        Func<PacketLayer?> otherwise)
    {
        try
        {
            if (read(new LayerDraft(bytes, offset)) is { } layer)
                return layer;
        }
        catch (Exception)
        {
            // Falls back to the project's decoder.
        }

        return otherwise();
    }
}
