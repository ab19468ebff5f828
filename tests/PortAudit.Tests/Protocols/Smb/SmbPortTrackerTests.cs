using System.Buffers.Binary;
using PortAudit.Tests.Announcements;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.DceRpc;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Smb;

public sealed class SmbPortTrackerTests
{
    private const int HeaderLength = 4 + 64 + 48;
    private const int OneMebibyte = 1024 * 1024;

    private readonly AnnouncementNotes _notes = new();
    private readonly SmbPortTracker _tracker = new(() => new DceRpcPortTracker(overPipe: true));

    [Fact]
    public void A_write_to_a_file_is_passed_over_by_its_length_once_its_head_is_there()
    {
        var head = Write(OneMebibyte, file: 9);

        Assert.Equal(0, Read(head[..100]));
        Assert.Equal(HeaderLength + OneMebibyte, Read([.. head, .. new byte[60]]));
        Assert.Equal(0, _notes.NotTaken);
    }

    [Fact]
    public void A_write_to_the_mapper_that_is_too_long_is_counted_and_passed_over()
    {
        var conversation = AnnouncementVector.All.Single(vector => vector.Name == "smb2-written-and-read");
        foreach (var (byOriginator, _, bytes) in conversation.Messages.Take(2))
            Read(bytes, byOriginator);

        var head = Write(OneMebibyte, 0x0807_0605_0403_0201, 0x100F_0E0D_0C0B_0A09);
        Assert.Equal(HeaderLength + OneMebibyte, Read([.. head, .. new byte[60]]));
        Assert.Equal(1, _notes.NotTaken);
    }

    [Fact]
    public void A_write_to_the_mapper_that_fits_is_waited_for()
    {
        var conversation = AnnouncementVector.All.Single(vector => vector.Name == "smb2-written-and-read");
        foreach (var (byOriginator, _, bytes) in conversation.Messages.Take(2))
            Read(bytes, byOriginator);

        Assert.Equal(0, Read([.. Write(SmbPortTracker.MaximumMessage - HeaderLength, 0x0807_0605_0403_0201,
            0x100F_0E0D_0C0B_0A09), .. new byte[60]]));
    }

    [Fact]
    public void Following_a_transfer_of_files_allocates_nothing()
    {
        byte[] stream = [.. Write(300, file: 9), .. new byte[300], .. Write(OneMebibyte, file: 9), .. new byte[200]];

        Assert.Equal(0, Allocation.Least(() => Read(stream)));
    }

    [Theory]
    [InlineData(@"\\files\public", 1, "Share file-share")]
    [InlineData(@"\\files\queue", 3, "Share file-share")] // a printer
    [InlineData(@"\\files\IPC$", 2, "")]
    [InlineData(@"\\files\ADMIN$", 1, "")]
    public void A_share_to_which_the_server_lets_a_client_connect_is_a_use(string path, byte kind, string uses)
    {
        Read(Connect(path, kind: null));
        Read(Connect(path, kind), byOriginator: false);

        Assert.Equal(uses, string.Join(", ", _notes.Carried.Select(use => $"{use.Kind} {use.Name}")));
    }

    private int Read(byte[] bytes, bool byOriginator = true)
    {
        var vector = AnnouncementVector.All.First(each => each.Protocol == "smb2");
        var (sender, receiver) =
            byOriginator ? (vector.Originator, vector.Responder) : (vector.Responder, vector.Originator);
        return _tracker.Read(new ControlMessage(IpProtocol.Tcp, sender, receiver, byOriginator, bytes), _notes);
    }

    /// <summary>A TREE_CONNECT to a path ([MS-SMB2] 2.2.9), or the answer to it (2.2.10) with a kind of
    /// share.</summary>
    private static byte[] Connect(string path, byte? kind)
    {
        var name = System.Text.Encoding.Unicode.GetBytes(path);
        byte[] body = kind is { } share
            ? [16, 0, share, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0x01, 0x1F, 0]
            : [9, 0, 0, 0, 72, 0, (byte)name.Length, 0, .. name];
        var head = new byte[4 + 64];
        BinaryPrimitives.WriteInt32BigEndian(head, 64 + body.Length);
        var message = head.AsSpan(4);
        message[0] = 0xFE;
        "SMB"u8.CopyTo(message[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(message[4..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(message[12..], 3);
        message[16] = (byte)(kind is null ? 0 : 1);
        BinaryPrimitives.WriteUInt64LittleEndian(message[24..], 5);
        BinaryPrimitives.WriteUInt32LittleEndian(message[36..], kind is null ? 0u : 7);
        return [.. head, .. body];
    }

    /// <summary>Header and fixed part of a WRITE ([MS-SMB2] 2.2.21) of so many bytes.</summary>
    private static byte[] Write(int length, ulong file, ulong fileVolatile = 0)
    {
        var head = new byte[HeaderLength];
        BinaryPrimitives.WriteInt32BigEndian(head, HeaderLength - 4 + length);
        var message = head.AsSpan(4);
        message[0] = 0xFE;
        "SMB"u8.CopyTo(message[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(message[4..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(message[12..], 9);
        var body = message[64..];
        BinaryPrimitives.WriteUInt16LittleEndian(body, 49);
        BinaryPrimitives.WriteUInt16LittleEndian(body[2..], 112);
        BinaryPrimitives.WriteInt32LittleEndian(body[4..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(body[16..], file);
        BinaryPrimitives.WriteUInt64LittleEndian(body[24..], fileVolatile);
        return head;
    }
}
