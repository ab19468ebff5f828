using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A request or response of SMB 2 and 3 ([MS-SMB2] 2.2.1), viewed in place; a message may contain
/// several.</summary>
internal readonly ref struct Smb2Command
{
    /// <summary>Length of the header, in bytes.</summary>
    public const int HeaderLength = 64;

    private const uint ProtocolId = 0x424D_53FE;
    private const ushort TreeConnect = 3;
    private const ushort Create = 5;
    private const ushort Close = 6;
    private const ushort Read = 8;
    private const ushort Write = 9;
    private const ushort Ioctl = 11;
    private const byte ResponseFlag = 0x01;
    private const byte RelatedFlag = 0x04;

    /// <summary>The final response follows later ([MS-SMB2] 3.3.4.2).</summary>
    private const uint StatusPending = 0x0000_0103;

    /// <summary>A valid but partial response ([MS-SMB2] 3.3.4.4).</summary>
    private const uint BufferOverflow = 0x8000_0005;

    /// <summary>FSCTL_PIPE_TRANSCEIVE ([MS-FSCC] 2.3.49): writes to a pipe and reads the response.</summary>
    private const uint PipeTransceive = 0x0011_C017;

    /// <summary>FSCTL_DFS_GET_REFERRALS ([MS-SMB2] 2.2.31).</summary>
    private const uint GetReferrals = 0x0006_0194;

    /// <summary>SMB2_SHARE_TYPE_PIPE ([MS-SMB2] 2.2.10).</summary>
    private const byte PipeShare = 2;

    /// <summary>Fixed parts of request bodies: [MS-SMB2] 2.2.13, 2.2.15, 2.2.19, 2.2.21, 2.2.31.</summary>
    private const int CreateLength = 56;
    private const int CloseLength = 24;
    private const int ReadLength = 48;
    private const int WriteLength = 48;
    private const int IoctlLength = 56;

    /// <summary>Fixed parts of response bodies: [MS-SMB2] 2.2.14, 2.2.20, 2.2.32.</summary>
    private const int CreatedLength = 88;
    private const int ReadAnswerLength = 16;
    private const int IoctlAnswerLength = 48;

    /// <summary>FILE_OPENED, the create action of an existing file whose content is kept ([MS-SMB2] 2.2.14).</summary>
    private const uint FileOpened = 1;

    /// <summary>FILE_ATTRIBUTE_DIRECTORY ([MS-FSCC] 2.6).</summary>
    private const uint Directory = 0x10;

    private readonly ReadOnlySpan<byte> _bytes;

    private Smb2Command(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Header and fixed part of the longest body, in bytes: enough of any command to read everything but names
    /// and payload.</summary>
    public const int HeadLength = HeaderLength + CreatedLength;

    /// <summary>True when <paramref name="bytes"/> begin with a header. The body extends to the next command or the end
    /// of the bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Smb2Command command, out ParseError error)
    {
        command = default;
        error = ParseError.Incomplete;
        if (bytes.Length < HeaderLength)
            return false;
        error = ParseError.BadValue;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ProtocolId
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != HeaderLength)
            return false;
        var next = BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]);
        error = ParseError.BadLength;
        if (next is > 0 and < HeaderLength)
            return false;
        command = new Smb2Command(next == 0 ? bytes : bytes[..(int)Math.Min(next, (uint)bytes.Length)]);
        error = ParseError.None;
        return true;
    }

    /// <summary>Length present up to the next command, in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>True for the last command of its message.</summary>
    public bool IsLast => NextCommand == 0;

    /// <summary>True when the next command is beyond the bytes present.</summary>
    public bool IsCut => NextCommand > (uint)_bytes.Length;

    public bool IsResponse => (_bytes[16] & ResponseFlag) != 0;

    /// <summary>Identifier of the tree connection.</summary>
    public uint TreeId => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[36..]);

    /// <summary>True for a request related to the previous one in its message, using the same file ([MS-SMB2]
    /// 3.3.5.2.7.2).</summary>
    public bool IsRelated => !IsResponse && (_bytes[16] & RelatedFlag) != 0;

    /// <summary>Its action on a file or pipe.</summary>
    public SmbPipeStep PipeStep => IsResponse ? AnswerStep : RequestStep;

    /// <summary>Kind of the tree in a tree connect response; else unknown.</summary>
    public SmbTreeKind ConnectedKind
    {
        get
        {
            if (!IsResponse || Code != TreeConnect || Status != 0 || Body.Length < 3)
                return SmbTreeKind.Unknown;
            return Body[2] == PipeShare ? SmbTreeKind.Pipes : SmbTreeKind.Other;
        }
    }

    /// <summary>Name opened by a create request, UTF-16LE without leading backslash; else empty.</summary>
    public ReadOnlySpan<byte> CreatedName => IsRequest(Create, CreateLength) ? Slice(UInt16(44), UInt16(46)) : default;

    /// <summary>Data written by a request to a file or pipe; else empty.</summary>
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

    private SmbPipeStep RequestStep
    {
        get
        {
            var step = new SmbPipeStep { Exchange = MessageId, Tree = Tree };
            return Code switch
            {
                TreeConnect => step with { Act = SmbPipeAct.Connect, Share = SharePath.FindAdminShare(_bytes) },
                Create when Body.Length >= CreateLength => step with
                {
                    Act = SmbPipeAct.Open,
                    Pipe = SmbPipes.Find(CreatedName, isUnicode: true),
                    IsProgram = ProgramName.Is(CreatedName, isUnicode: true),
                },
                Close when Body.Length >= CloseLength => step with { Act = SmbPipeAct.Close, File = FileAt(8) },
                Read when Body.Length >= ReadLength => step with { Act = SmbPipeAct.Read, File = FileAt(16) },
                Write when Body.Length >= WriteLength =>
                    step with { Act = SmbPipeAct.Write, File = FileAt(16), Bytes = WrittenBytes },
                Ioctl when Body.Length >= IoctlLength && UInt32(4) == PipeTransceive =>
                    step with { Act = SmbPipeAct.Transact, File = FileAt(8), Bytes = WrittenBytes },
                _ => step,
            };
        }
    }

    private SmbPipeStep AnswerStep
    {
        get
        {
            var step = new SmbPipeStep { Exchange = MessageId, Tree = Tree };
            if (ConnectedKind != SmbTreeKind.Unknown)
                return step with { Act = SmbPipeAct.Connected, TreeKind = ConnectedKind };
            if (Code is not (Create or Read or Ioctl) || Status == StatusPending)
                return step;
            if (Status is not (0 or BufferOverflow))
                return step with { Act = SmbPipeAct.Failed };
            return Code switch
            {
                Create when Body.Length >= CreatedLength =>
                    step with
                    {
                        Act = SmbPipeAct.Opened,
                        File = FileAt(64),
                        IsMade = UInt32(4) != FileOpened,
                        IsFile = HasCreationTime && (UInt32(56) & Directory) == 0
                    },
                Read when Body.Length >= ReadAnswerLength =>
                    step with { Act = SmbPipeAct.Answer, Bytes = Slice(Body[2], UInt32(4)) },
                Ioctl when Body.Length >= IoctlAnswerLength && UInt32(4) == GetReferrals =>
                    step with { Act = SmbPipeAct.Referred, Bytes = Slice(UInt32(32), UInt32(36)) },
                Ioctl when Body.Length >= IoctlAnswerLength =>
                    step with { Act = SmbPipeAct.Answer, Bytes = Slice(UInt32(32), UInt32(36)) },
                _ => step,
            };
        }
    }

    /// <summary>True when a create response has a creation time: pipes have none ([MS-SMB2] 2.2.14).</summary>
    private bool HasCreationTime => BinaryPrimitives.ReadUInt64LittleEndian(Body[8..]) != 0;

    private uint NextCommand => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[20..]);

    private ulong MessageId => BinaryPrimitives.ReadUInt64LittleEndian(_bytes[24..]);

    private SmbTreeId Tree => new(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[40..]), TreeId);

    private ushort Code => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[12..]);

    private uint Status => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[8..]);

    private ReadOnlySpan<byte> Body => _bytes[HeaderLength..];

    private bool IsRequest(ushort code, int bodyLength) => !IsResponse && Code == code && Body.Length >= bodyLength;

    private SmbFileId FileAt(int offset) => new(BinaryPrimitives.ReadUInt64LittleEndian(Body[offset..]),
        BinaryPrimitives.ReadUInt64LittleEndian(Body[(offset + 8)..]));

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(Body[offset..]);

    private uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(Body[offset..]);

    /// <summary>The bytes present at an offset from the header.</summary>
    private ReadOnlySpan<byte> Slice(uint offset, uint length)
    {
        if (offset < HeaderLength || offset > _bytes.Length)
            return default;
        var rest = _bytes[(int)offset..];
        return rest[..(int)Math.Min((uint)rest.Length, length)];
    }
}
