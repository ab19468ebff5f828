using System.Buffers.Binary;

namespace PortAudit.Tests.Capture;

/// <summary>Writes a pcapng file byte by byte.</summary>
internal sealed class PcapngBytes(bool isBigEndian = false)
{
    private readonly List<byte> _bytes = [];
    private bool _isBigEndian = isBigEndian;

    /// <summary>Offset of the next block.</summary>
    public int Length => _bytes.Count;

    public PcapngBytes Section(ushort major = 1, ushort minor = 0, long length = -1, bool? isBigEndian = null)
    {
        _isBigEndian = isBigEndian ?? _isBigEndian;
        return Block(0x0A0D0D0A, U32(0x1A2B3C4D), U16(major), U16(minor), U64((ulong)length));
    }

    public PcapngBytes Interface(ushort linkType = 1, uint snapLength = 0, params byte[][] options) =>
        Block(1, U16(linkType), U16(0), U32(snapLength), [.. options.SelectMany(o => o)]);

    public PcapngBytes Enhanced(uint interfaceId, ulong units, byte[] frame, uint? original = null,
        uint? captured = null, params byte[][] options) =>
        Block(6, U32(interfaceId), U32((uint)(units >> 32)), U32((uint)units), U32(captured ?? (uint)frame.Length),
            U32(original ?? (uint)frame.Length), Padded(frame), [.. options.SelectMany(o => o)]);

    public PcapngBytes Simple(uint original, byte[] captured) => Block(3, U32(original), Padded(captured));

    public PcapngBytes Obsolete(ushort interfaceId, ushort drops, ulong units, byte[] frame) =>
        Block(2, U16(interfaceId), U16(drops), U32((uint)(units >> 32)), U32((uint)units), U32((uint)frame.Length),
            U32((uint)frame.Length), Padded(frame));

    public PcapngBytes Block(uint type, params byte[][] body) => BlockOf(type, null, null, body);

    /// <summary>A block with lengths of choice.</summary>
    public PcapngBytes BlockOf(uint type, uint? leading, uint? trailing, params byte[][] body)
    {
        var length = (uint)body.Sum(b => b.Length) + 12;
        _bytes.AddRange([.. U32(type), .. U32(leading ?? length), .. body.SelectMany(b => b),
            .. U32(trailing ?? length)]);
        return this;
    }

    public byte[] Option(ushort code, params byte[] value) =>
        [.. U16(code), .. U16((ushort)value.Length), .. Padded(value)];

    public byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    public byte[] U32(uint value)
    {
        var bytes = new byte[4];
        if (_isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    public byte[] U64(ulong value) => _isBigEndian
        ? [.. U32((uint)(value >> 32)), .. U32((uint)value)]
        : [.. U32((uint)value), .. U32((uint)(value >> 32))];

    public byte[] ToArray() => [.. _bytes];

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[-bytes.Length & 3]];
}
