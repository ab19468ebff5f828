using System.Buffers.Binary;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>A message of SMB 1 ([MS-CIFS] 2.2.3), viewed in place: its header, parameter words and data bytes.</summary>
internal readonly ref struct Smb1Command
{
    /// <summary>Length of the header, in bytes. The count of parameter words follows it.</summary>
    public const int HeaderLength = 32;

    private const uint ProtocolId = 0x424D_53FF;
    private const byte Transaction = 0x25;
    private const byte OpenAndX = 0x2D;
    private const byte WriteAndX = 0x2F;
    private const byte SessionSetupAndX = 0x73;
    private const byte TreeConnectAndX = 0x75;
    private const byte CreateAndX = 0xA2;
    private const byte ResponseFlag = 0x80;
    private const ushort UnicodeFlag = 0x8000;
    private const int WordsOffset = HeaderLength + 1;

    private readonly ReadOnlySpan<byte> _bytes;

    private Smb1Command(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>True when <paramref name="bytes"/> hold a header, all parameter words that it counts, and the count of data bytes.</summary>
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

    /// <summary>True for what a server sends.</summary>
    public bool IsResponse => (_bytes[9] & ResponseFlag) != 0;

    /// <summary>Identifier of the tree connection.</summary>
    public ushort TreeId => BinaryPrimitives.ReadUInt16LittleEndian(_bytes[24..]);

    /// <summary>True when texts are UTF-16LE.</summary>
    public bool IsUnicode => (BinaryPrimitives.ReadUInt16LittleEndian(_bytes[10..]) & UnicodeFlag) != 0;

    /// <summary>What the tree leads to, in an answer to a tree connect, alone or behind a session set-up; unknown in anything else. The kind is a text ([MS-CIFS] 2.2.4.55.2).</summary>
    public SmbTreeKind ConnectedKind
    {
        get
        {
            var isConnect = Code == TreeConnectAndX || (Code == SessionSetupAndX && WordCount > 0 && Words[0] == TreeConnectAndX);
            if (!IsResponse || !isConnect)
                return SmbTreeKind.Unknown;
            var rest = Words[(2 * WordCount)..];
            if (rest.IndexOf("IPC\0"u8) >= 0)
                return SmbTreeKind.Pipes;
            return rest.IndexOf("A:\0"u8) >= 0 || rest.IndexOf("LPT1:\0"u8) >= 0 ? SmbTreeKind.Other : SmbTreeKind.Unknown;
        }
    }

    /// <summary>The name that a request opens ([MS-CIFS] 2.2.4.41, 2.2.4.64) or that a transaction goes to (2.2.4.33); empty in anything else.</summary>
    public ReadOnlySpan<byte> OpenedName
    {
        get
        {
            var names = !IsResponse && ((Code == CreateAndX && WordCount == 24) || (Code == OpenAndX && WordCount == 15) || (Code == Transaction && WordCount >= 14));
            if (!names)
                return default;

            // Texts in UTF-16 stand at even offsets from the header ([MS-CIFS] 2.2.1.1.2).
            var offset = WordsOffset + 2 * WordCount + 2;
            if (IsUnicode)
                offset += offset % 2;
            return _bytes[Math.Min(offset, _bytes.Length)..];
        }
    }

    /// <summary>What a request writes to a file or pipe ([MS-CIFS] 2.2.4.43, 2.2.4.33); empty in anything else.</summary>
    public ReadOnlySpan<byte> WrittenBytes
    {
        get
        {
            if (!IsResponse && Code == WriteAndX && WordCount >= 12)
                return Slice(offset: Word(11), length: Word(10));
            return !IsResponse && Code == Transaction && WordCount >= 14 ? Slice(offset: Word(12), length: Word(11)) : default;
        }
    }

    private byte Code => _bytes[4];

    private int WordCount => _bytes[HeaderLength];

    private ReadOnlySpan<byte> Words => _bytes[WordsOffset..];

    private ushort Word(int index) => BinaryPrimitives.ReadUInt16LittleEndian(Words[(2 * index)..]);

    /// <summary>Bytes at an offset from the header's start, as far as they are there.</summary>
    private ReadOnlySpan<byte> Slice(int offset, int length)
    {
        if (offset < HeaderLength || offset > _bytes.Length)
            return default;
        var rest = _bytes[offset..];
        return rest[..Math.Min(rest.Length, length)];
    }
}
