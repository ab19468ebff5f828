using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>An SMB 1 message ([MS-CIFS] 2.2.3), viewed in place: header, parameter words and data bytes.</summary>
internal readonly ref struct Smb1Command
{
    /// <summary>Length of the header, in bytes. The count of parameter words follows.</summary>
    public const int HeaderLength = 32;

    private const uint ProtocolId = 0x424D_53FF;
    private const byte Close = 0x04;
    private const byte Transaction = 0x25;
    private const byte OpenAndX = 0x2D;
    private const byte ReadAndX = 0x2E;
    private const byte WriteAndX = 0x2F;
    private const byte SessionSetupAndX = 0x73;
    private const byte TreeConnectAndX = 0x75;
    private const byte CreateAndX = 0xA2;
    private const byte ResponseFlag = 0x80;
    private const ushort UnicodeFlag = 0x8000;
    private const int WordsOffset = HeaderLength + 1;

    /// <summary>TRANS_TRANSACT_NMPIPE ([MS-CIFS] 2.2.5.6), the first of two setup words after 14 parameter words
    /// (2.2.4.33.1).</summary>
    private const ushort TransactNamedPipe = 0x0026;
    private const int SetupWord = 14;

    /// <summary>A raw-mode write of a whole message begins with its length in two bytes ([MS-CIFS] 2.2.4.43.1,
    /// WriteMode).</summary>
    private const ushort RawMessageStart = 0x000C;

    /// <summary>STATUS_BUFFER_OVERFLOW, in DOS form ERRDOS with ERRmoredata: a valid but partial response ([MS-CIFS]
    /// 2.2.2.4).</summary>
    private const uint BufferOverflow = 0x8000_0005;
    private const uint MoreData = 0x00EA_0001;

    /// <summary>Create action of an existing file whose content is kept ([MS-CIFS] 2.2.4.64.2).</summary>
    private const uint FileOpened = 1;

    /// <summary>FileTypeDisk, the resource type of files and directories; a byte after it distinguishes them ([MS-CIFS]
    /// 2.2.4.64.2).</summary>
    private const ushort DiskFile = 0;

    private readonly ReadOnlySpan<byte> _bytes;

    private Smb1Command(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header, all parameter words, and the count of data
    /// bytes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Smb1Command command, out ParseError error)
    {
        command = default;
        error = ParseError.Incomplete;
        if (bytes.Length < WordsOffset)
            return false;
        error = ParseError.BadValue;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != ProtocolId)
            return false;
        error = ParseError.Incomplete;
        if (bytes.Length < WordsOffset + 2 * bytes[HeaderLength] + 2)
            return false;
        command = new Smb1Command(bytes);
        error = ParseError.None;
        return true;
    }

    public bool IsResponse => (_bytes[9] & ResponseFlag) != 0;

    /// <summary>Identifier of the tree connection.</summary>
    public ushort TreeId => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[24..]);

    /// <summary>Its action on a file or pipe. Of transactions only TRANS_TRANSACT_NMPIPE counts; chained commands are
    /// ignored, as pipes do not use them.</summary>
    public SmbPipeStep PipeStep => IsResponse ? AnswerStep : RequestStep;

    /// <summary>True for UTF-16LE text.</summary>
    public bool IsUnicode => (BinaryPrimitives.ReadUInt16LittleEndian(_bytes[10..]) & UnicodeFlag) != 0;

    /// <summary>Kind of the tree in a tree connect response, alone or after session set-up; else unknown. The kind is a
    /// text ([MS-CIFS] 2.2.4.55.2).</summary>
    public SmbTreeKind ConnectedKind
    {
        get
        {
            var isConnect =
                Code == TreeConnectAndX || (Code == SessionSetupAndX && WordCount > 0 && Words[0] == TreeConnectAndX);
            if (!IsResponse || !isConnect)
                return SmbTreeKind.Unknown;
            var rest = Words[(2 * WordCount)..];
            if (rest.IndexOf("IPC\0"u8) >= 0)
                return SmbTreeKind.Pipes;
            return rest.IndexOf("A:\0"u8) >= 0 || rest.IndexOf("LPT1:\0"u8) >= 0
                ? SmbTreeKind.Other
                : SmbTreeKind.Unknown;
        }
    }

    /// <summary>Name opened by a request ([MS-CIFS] 2.2.4.41, 2.2.4.64) or of a transaction (2.2.4.33); else
    /// empty.</summary>
    public ReadOnlySpan<byte> OpenedName
    {
        get
        {
            var names = !IsResponse && ((Code == CreateAndX && WordCount == 24) || (Code == OpenAndX && WordCount == 15)
                || (Code == Transaction && WordCount >= 14));
            if (!names)
                return default;

            // UTF-16 text is aligned to even offsets from the header ([MS-CIFS] 2.2.1.1.2).
            var offset = WordsOffset + 2 * WordCount + 2;
            if (IsUnicode)
                offset += offset % 2;
            return _bytes[Math.Min(offset, _bytes.Length)..];
        }
    }

    /// <summary>Data written by a request to a file or pipe ([MS-CIFS] 2.2.4.43, 2.2.4.33); else empty.</summary>
    public ReadOnlySpan<byte> WrittenBytes
    {
        get
        {
            if (!IsResponse && Code == WriteAndX && WordCount >= 12)
                return Slice(offset: Word(11), length: Word(10));
            return !IsResponse && Code == Transaction && WordCount >= 14
                ? Slice(offset: Word(12), length: Word(11))
                : default;
        }
    }

    private SmbPipeStep RequestStep
    {
        get
        {
            var step = new SmbPipeStep { Exchange = Exchange, Tree = new SmbTreeId(0, TreeId) };
            return (Code, WordCount) switch
            {
                (TreeConnectAndX or SessionSetupAndX, _) when SharePath.FindAdminShare(_bytes) is { } share =>
                    step with { Act = SmbPipeAct.Connect, Share = share },
                (CreateAndX, 24) or (OpenAndX, 15) => step with
                {
                    Act = SmbPipeAct.Open,
                    Pipe = SmbPipes.Find(OpenedName, IsUnicode),
                    IsProgram = ProgramName.Is(OpenedName, IsUnicode),
                },
                (ReadAndX, >= 10) => step with { Act = SmbPipeAct.Read, File = FileOf(Word(2)) },
                (WriteAndX, >= 12) => step with
                {
                    Act = SmbPipeAct.Write,
                    File = FileOf(Word(2)),
                    Bytes = IsRawStart ? WrittenBytes[Math.Min(2, WrittenBytes.Length)..] : WrittenBytes
                },
                (Transaction, SetupWord + 2) when Word(SetupWord) == TransactNamedPipe =>
                    step with
                    {
                        Act = SmbPipeAct.Transact,
                        File = FileOf(Word(SetupWord + 1)),
                        Bytes = WrittenBytes,
                        IsInPart = Word(11) < Word(1)
                    },
                (Close, 3) => step with { Act = SmbPipeAct.Close, File = FileOf(Word(0)) },
                _ => step,
            };
        }
    }

    private SmbPipeStep AnswerStep
    {
        get
        {
            var step = new SmbPipeStep { Exchange = Exchange, Tree = new SmbTreeId(0, TreeId) };
            if (ConnectedKind != SmbTreeKind.Unknown)
                return step with { Act = SmbPipeAct.Connected, TreeKind = ConnectedKind };
            if (Code is not (CreateAndX or OpenAndX or ReadAndX or Transaction))
                return step;
            if (Status is not (0 or BufferOverflow or MoreData))
                return step with { Act = SmbPipeAct.Failed };
            return (Code, WordCount) switch
            {
                (CreateAndX, >= 34) => step with
                {
                    Act = SmbPipeAct.Opened,
                    File = FileOf(BinaryPrimitives.ReadUInt16LittleEndian(Words[5..])),
                    IsMade = BinaryPrimitives.ReadUInt32LittleEndian(Words[7..]) != FileOpened,
                    IsFile = BinaryPrimitives.ReadUInt16LittleEndian(Words[63..]) == DiskFile && Words[67] == 0,
                },
                (OpenAndX, >= 15) => step with { Act = SmbPipeAct.Opened, File = FileOf(Word(2)) },
                (ReadAndX, >= 12) =>
                    step with { Act = SmbPipeAct.Answer, Bytes = Slice(offset: Word(6), length: Word(5)) },
                (Transaction, >= 10) => step with
                {
                    Act = SmbPipeAct.Answer,
                    Bytes = Slice(offset: Word(7), length: Word(6)),
                    IsInPart = Word(8) + Word(6) < Word(1)
                },
                _ => step,
            };
        }
    }

    private byte Code => _bytes[4];

    private uint Status => BinaryPrimitives.ReadUInt32LittleEndian(_bytes[5..]);

    private ulong Exchange => ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(_bytes[26..]) << 16)
        | BinaryPrimitives.ReadUInt16LittleEndian(_bytes[30..]);

    private bool IsRawStart => (Word(7) & RawMessageStart) == RawMessageStart;

    private int WordCount => _bytes[HeaderLength];

    private ReadOnlySpan<byte> Words => _bytes[WordsOffset..];

    private static SmbFileId FileOf(ushort fid) => new(0, fid);

    private ushort Word(int index) => BinaryPrimitives.ReadUInt16LittleEndian(Words[(2 * index)..]);

    /// <summary>The bytes present at an offset from the header.</summary>
    private ReadOnlySpan<byte> Slice(int offset, int length)
    {
        if (offset < HeaderLength || offset > _bytes.Length)
            return default;
        var rest = _bytes[offset..];
        return rest[..Math.Min(rest.Length, length)];
    }
}
