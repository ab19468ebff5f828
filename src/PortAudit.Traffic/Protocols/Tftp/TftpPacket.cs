using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tftp;

/// <summary>A TFTP packet (RFC 1350 §5), viewed in place.</summary>
internal readonly ref struct TftpPacket
{
    /// <summary>Length of opcode and block number or error code, in bytes.</summary>
    public const int HeaderLength = 4;

    /// <summary>Largest block that can be negotiated (RFC 2348 §2).</summary>
    public const int MaximumBlock = 65464;

    /// <summary>Error codes (RFC 1350 §5, 8 by RFC 2347).</summary>
    private const int LastError = 8;

    private readonly ReadOnlySpan<byte> _bytes;

    private TftpPacket(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/>, a datagram or its start, have the form of one of the six
    /// kinds.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out TftpPacket packet, out ParseError error)
    {
        packet = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        var candidate = new TftpPacket(bytes);
        error = ParseError.BadValue;
        if (!candidate.IsSound)
            return false;
        packet = candidate;
        error = ParseError.None;
        return true;
    }

    /// <summary>Kind of the packet.</summary>
    public TftpOpcode Opcode => (TftpOpcode)BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>Block number of data and acknowledgements.</summary>
    public ushort Block => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    private bool IsSound => Opcode switch
    {
        TftpOpcode.Read or TftpOpcode.Write => TftpStrings.IsRequest(_bytes[2..]),
        TftpOpcode.OptionAcknowledgement => TftpStrings.AreOptions(_bytes[2..]),
        TftpOpcode.Data => _bytes.Length <= HeaderLength + MaximumBlock,

        TftpOpcode.Acknowledgement => _bytes.Length == HeaderLength,
        TftpOpcode.Error => Block <= LastError && TftpStrings.IsText(_bytes[HeaderLength..]),
        _ => false,
    };
}
