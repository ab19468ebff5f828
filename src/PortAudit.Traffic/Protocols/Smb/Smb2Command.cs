using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>One request or response of SMB 2 and 3 ([MS-SMB2] 2.2.1), viewed in place; several may stand in one message.</summary>
internal readonly ref struct Smb2Command
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 64;

    private const uint ProtocolId = 0x424D_53FE;
    private const ushort TreeConnect = 3;
    private const ushort Create = 5;
    private const ushort Write = 9;
    private const ushort Ioctl = 11;
    private const byte ResponseFlag = 0x01;

    /// <summary>FSCTL_PIPE_TRANSCEIVE ([MS-FSCC] 2.3.49): writes to a pipe and reads its answer.</summary>
    private const uint PipeTransceive = 0x0011_C017;

    /// <summary>SMB2_SHARE_TYPE_PIPE ([MS-SMB2] 2.2.10).</summary>
    private const byte PipeShare = 2;

    /// <summary>Fixed parts of the requests' bodies: [MS-SMB2] 2.2.13, 2.2.21, 2.2.31.</summary>
    private const int CreateLength = 56;
    private const int WriteLength = 48;
    private const int IoctlLength = 56;

    private readonly ReadOnlySpan<byte> _bytes;

    private Smb2Command(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> begin with a header. The body ends where the next command of the message begins.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Smb2Command command, out ParseError error)
    {
        command = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ProtocolId || BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != HeaderLength)
            return false;
        var next = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        error = ParseError.BadLength;
        if (next != 0 && (next < HeaderLength || next > bytes.Length))
            return false;
        command = new Smb2Command(next == 0 ? bytes : bytes[..(int)next]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length up to the next command, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>True for what a server sends.</summary>
    public bool IsResponse => (_bytes[16] & ResponseFlag) != 0;

    /// <summary>Identifier of the tree connection.</summary>
    public uint TreeId => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[36..]);

    /// <summary>What the tree leads to, in an answer to a tree connect; unknown in anything else.</summary>
    public SmbTreeKind ConnectedKind
    {
        get
        {
            if (!IsResponse || Code != TreeConnect || Status != 0 || Body.Length < 3)
                return SmbTreeKind.Unknown;
            return Body[2] == PipeShare ? SmbTreeKind.Pipes : SmbTreeKind.Other;
        }
    }

    /// <summary>The name that a create request opens, UTF-16LE without a leading backslash; empty in anything else.</summary>
    public ReadOnlySpan<byte> CreatedName => IsRequest(Create, CreateLength) ? Slice(UInt16(44), UInt16(46)) : default;

    /// <summary>What a request writes to a file or pipe; empty in anything else.</summary>
    public ReadOnlySpan<byte> WrittenBytes
    {
        get
        {
            if (IsRequest(Write, WriteLength))
                return Slice(UInt16(2), UInt32(4));
            var isTransceive = IsRequest(Ioctl, IoctlLength) && UInt32(4) == PipeTransceive;
            return isTransceive ? Slice(UInt32(24), UInt32(28)) : default;
        }
    }

    private ushort Code => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[12..]);

    private uint Status => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    private ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    private bool IsRequest(ushort code, int bodyLength) => !IsResponse && Code == code && Body.Length >= bodyLength;

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Body[offset..]);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Body[offset..]);

    /// <summary>Bytes at an offset from the header's start, as far as they are there.</summary>
    private ReadOnlySpan<byte> Slice(uint offset, uint length)
    {
        if (offset < HeaderLength || offset > _bytes.Length)
            return default;
        var rest = _bytes[(int)offset..];
        return rest[..(int)Math.Min((uint)rest.Length, length)];
    }
}
