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

    [Theory]
    [InlineData(0, 0, "Share file-share")]
    [InlineData(0, 1, "")] // a directory
    [InlineData(2, 0, "")] // a pipe
    public void A_file_that_is_opened_is_a_use_of_a_share_met_in_its_middle(byte resource, byte directory, string uses)
    {
        // The answer to SMB_COM_NT_CREATE_ANDX ([MS-CIFS] 2.2.4.64.2).
        var words = new byte[68];
        (words[0], words[5], words[7], words[63], words[67]) = (0xFF, 6, 1, resource, directory);

        Read(OfSmb1(0xA2, response: true, words, []), byOriginator: false);

        Assert.Equal(uses, Uses);
    }

    [Theory]
    [InlineData(0x44, "Channel netlogon-channel")]
    [InlineData(0x0A, "")] // NTLM
    public void An_answer_over_a_Netlogon_channel_is_a_use_though_the_bind_was_not_seen(byte type, string uses)
    {
        // SMB_COM_TRANSACTION with TRANS_TRANSACT_NMPIPE and its answer ([MS-CIFS] 2.2.5.6).
        var call = OfRpc(0, type);
        var request = new byte[32];
        (request[2], request[22], request[24], request[26], request[28], request[30]) =
            ((byte)call.Length, (byte)call.Length, 67, 2, 0x26, 0x0C);
        Read(OfSmb1(0x25, response: false, request, call));
        var answer = OfRpc(2, type);
        var words = new byte[20];
        (words[2], words[12], words[14]) = ((byte)answer.Length, (byte)answer.Length, 55);
        Read(OfSmb1(0x25, response: true, words, answer), byOriginator: false);

        Assert.Equal(uses, Uses);
    }

    [Theory]
    // Two referrals that list the names of a domain, and one to a folder.
    [InlineData("000002000000000003001200000002005802000024000000000003001200000002005802000020000000000000005c00500045"
        + "0057004c00410000005c007000650077006c0061002e0063006f006d000000", "Referral domain-referral")]
    [InlineData("0c0001000200000003002200000000002c0122002e003a0000000000000000000000000000000000000000005c0061000000"
        + "5c0061000000", "")]
    [InlineData("0000000000000000", "")]
    public void Names_of_domains_to_which_a_controller_refers_are_a_use(string answer, string uses)
    {
        Read(Referral(Convert.FromHexString(answer)), byOriginator: false);

        Assert.Equal(uses, string.Join(", ", _notes.Carried.Select(use => $"{use.Kind} {use.Name}")));
    }

    [Fact]
    public void A_referral_that_is_cut_lists_nothing()
    {
        byte[] whole = [0, 0, 1, 0, 0, 0, 0, 0, 3, 0, 18, 0, 0, 0, 2, 0, 0x58, 2, 0, 0, 18, 0, 0, 0, 0, 0];
        Assert.True(DfsReferral.ListsDomains(whole));
        for (var length = 0; length < whole.Length; length++)
            Assert.False(DfsReferral.ListsDomains(whole.AsSpan(0, length)));
    }

    private string Uses => string.Join(", ", _notes.Carried.Select(use => $"{use.Kind} {use.Name}"));

    /// <summary>A request or response PDU (C706 §12.6.4) with eight bytes of stub data and a verifier ([MS-RPCE]
    /// 2.2.2.11).</summary>
    private static byte[] OfRpc(byte pduType, byte authType) =>
        [5, 0, pduType, 3, 0x10, 0, 0, 0, 56, 0, 16, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 2, 0, .. new byte[8],
            authType, 6, 0, 0, 0, 0, 0, 0, .. new byte[16]];

    private static byte[] OfSmb1(byte code, bool response, byte[] words, byte[] data)
    {
        var header = new byte[32];
        (header[0], header[1], header[2], header[3], header[4]) =
            (0xFF, (byte)'S', (byte)'M', (byte)'B', code);
        (header[9], header[10], header[11]) = ((byte)(response ? 0x98 : 0x18), 0x03, 0x80);
        byte[] message =
            [.. header, (byte)(words.Length / 2), .. words, (byte)data.Length, (byte)(data.Length >> 8), .. data];
        return [0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];
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

    /// <summary>The answer to an IOCTL that asks for referrals ([MS-SMB2] 2.2.32).</summary>
    private static byte[] Referral(byte[] answer)
    {
        const int FixedLength = 64 + 48;
        var head = new byte[4 + FixedLength];
        BinaryPrimitives.WriteInt32BigEndian(head, FixedLength + answer.Length);
        var message = head.AsSpan(4);
        message[0] = 0xFE;
        "SMB"u8.CopyTo(message[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(message[4..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(message[12..], 11);
        message[16] = 1;
        var body = message[64..];
        body[0] = 49;
        BinaryPrimitives.WriteUInt32LittleEndian(body[4..], 0x0006_0194);
        BinaryPrimitives.WriteInt32LittleEndian(body[32..], FixedLength);
        BinaryPrimitives.WriteInt32LittleEndian(body[36..], answer.Length);
        return [.. head, .. answer];
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
