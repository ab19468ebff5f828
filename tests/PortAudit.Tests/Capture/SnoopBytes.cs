using System.Buffers.Binary;

namespace PortAudit.Tests.Capture;

/// <summary>Writes a snoop file byte by byte.</summary>
internal sealed class SnoopBytes
{
    private readonly List<byte> _bytes = [.. "snoop\0\0\0"u8];

    public SnoopBytes(uint version = 2, uint datalinkType = 4) => Add(version).Add(datalinkType);

    /// <summary>Offset of the next record.</summary>
    public int Length => _bytes.Count;

    public SnoopBytes Record(uint seconds, uint microseconds, byte[] frame, uint? original = null,
        uint? captured = null, uint? length = null, int padding = 0) =>
        Add(original ?? (uint)frame.Length).Add(captured ?? (uint)frame.Length)
            .Add(length ?? (uint)(24 + frame.Length + padding))
            .Add(77).Add(seconds).Add(microseconds).Raw(frame).Raw(new byte[padding]);

    public SnoopBytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];

    private SnoopBytes Add(uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return Raw(bytes);
    }
}
