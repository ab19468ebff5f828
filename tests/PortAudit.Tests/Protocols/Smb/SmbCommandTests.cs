using System.Text;
using PortAudit.Tests.Wire;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Protocols.Smb;

public sealed class SmbCommandTests
{
    private const string Create1 = "ff534d42a2000000001843c8000000000000000000000000236e7e14b7000400 18 "
        + "ff00000000100000000000000000009f0102000000000000000000000000000300000001000000000000000200000000 1300 "
        + "005c006c00730061007200700063000000";
    private const string Connected1 =
        "ff534d4275000000009843c8000000000000000000000000236e7e14b7000400 03 ff0000000100 0500 4950430000";
    private const string Create2 =
        "fe534d424000000000000000050000000800000000000000040000000000000000000000db3b5a009a29ea0000000000326fe85f78f900fa73c98e2dbe816246"
            + "3900000002000000000000000000000000000000000000009f0102000000000003000000010000000000000078000c0000000000000000006c0073006100720070006300";
    private const string Connected2 = "fe534d42400000000000000003000100090000000000000002000000000000000000 "
        + "0000db3b5a009a29ea00000000005bb02c240cfc699542f6596b1ee42af1100002000000000000000000ff011f00";

    [Fact]
    public void A_create_of_smb1_names_what_it_opens()
    {
        Assert.True(Smb1Command.TryParse(Hex.Bytes(Create1), out var command, out _));

        Assert.Equal((false, 0x6E23, true, SmbTreeKind.Unknown),
            (command.IsResponse, command.TreeId, command.IsUnicode, command.ConnectedKind));
        Assert.StartsWith(@"\lsarpc", Encoding.Unicode.GetString(command.OpenedName), StringComparison.Ordinal);
    }

    [Fact]
    public void A_create_of_smb2_names_what_it_opens()
    {
        Assert.True(Smb2Command.TryParse(Hex.Bytes(Create2), out var command, out _));

        Assert.Equal((false, 0x005A_3BDBu, SmbTreeKind.Unknown),
            (command.IsResponse, command.TreeId, command.ConnectedKind));
        Assert.Equal("lsarpc", Encoding.Unicode.GetString(command.CreatedName));
    }

    [Fact]
    public void An_answer_to_a_tree_connect_says_what_the_tree_is()
    {
        Assert.True(Smb1Command.TryParse(Hex.Bytes(Connected1), out var first, out _));
        Assert.True(Smb2Command.TryParse(Hex.Bytes(Connected2), out var second, out _));

        Assert.Equal((SmbTreeKind.Pipes, SmbTreeKind.Pipes), (first.ConnectedKind, second.ConnectedKind));
    }

    [Fact]
    public void A_next_command_beyond_the_message_cuts_this_one()
    {
        var bytes = Hex.Bytes(Create2);
        bytes[21] = 0x10;

        Assert.True(Smb2Command.TryParse(bytes, out var command, out _));
        Assert.Equal((true, false, bytes.Length), (command.IsCut, command.IsLast, command.Length));
    }

    [Fact]
    public void A_next_command_inside_the_header_is_refused()
    {
        var bytes = Hex.Bytes(Create2);
        bytes[20] = 0x20;

        Assert.False(Smb2Command.TryParse(bytes, out _, out var error));
        Assert.Equal(ParseError.BadLength, error);
    }

    [Fact]
    public void A_create_is_a_step_that_opens_a_pipe_in_its_tree()
    {
        Assert.True(Smb1Command.TryParse(Hex.Bytes(Create1), out var first, out _));
        Assert.True(Smb2Command.TryParse(Hex.Bytes(Create2), out var second, out _));

        var one = first.PipeStep;
        var two = second.PipeStep;
        Assert.Equal((SmbPipeAct.Open, "lsarpc", new SmbTreeId(0, 0x6E23), 0x147E_0004UL),
            (one.Act, one.Pipe, one.Tree, one.Exchange));
        Assert.Equal((SmbPipeAct.Open, "lsarpc", new SmbTreeId(0x00EA_299A, 0x005A_3BDB), 4UL),
            (two.Act, two.Pipe, two.Tree, two.Exchange));
    }

    [Fact]
    public void A_stream_without_a_message_leads_to_the_next_one()
    {
        Assert.Equal(5, SmbMessage.FindNext(Hex.Bytes("0102034D42 00000040 FE534D42 4000")));
        Assert.Equal(6, SmbMessage.FindNext(Hex.Bytes("FE534D42FF53 00000040 FF534D42 72")));
        Assert.Equal(3, SmbMessage.FindNext(Hex.Bytes("01020304050607080900")));
        Assert.Equal(1, SmbMessage.FindNext(Hex.Bytes("01")));
    }

    [Fact]
    public void The_views_of_smb1_are_sound()
    {
        ViewContract.Holds(Create1, Smb1Command.HeaderLength + 1 + 48 + 2, ReadFirst);
        ViewContract.Holds(Connected1, Smb1Command.HeaderLength + 1 + 6 + 2, ReadFirst);
    }

    [Fact]
    public void The_views_of_smb2_are_sound()
    {
        ViewContract.Holds(Create2, Smb2Command.HeaderLength, ReadSecond);
        ViewContract.Holds(Connected2, Smb2Command.HeaderLength, ReadSecond);
    }

    [Fact]
    public void The_header_before_a_message_is_a_sound_view() =>
        ViewContract.Holds("00000004 fe534d42 00", SmbMessage.HeaderLength, ReadMessage);

    private static ParseError ReadFirst(ReadOnlySpan<byte> bytes)
    {
        if (Smb1Command.TryParse(bytes, out var command, out var error))
            _ = (command.IsResponse, command.TreeId, command.IsUnicode, command.ConnectedKind,
                command.OpenedName.Length, command.WrittenBytes.Length, command.PipeStep.Bytes.Length);
        return error;
    }

    private static ParseError ReadSecond(ReadOnlySpan<byte> bytes)
    {
        if (Smb2Command.TryParse(bytes, out var command, out var error))
            _ = (command.Length, command.IsResponse, command.TreeId, command.ConnectedKind, command.CreatedName.Length,
                command.WrittenBytes.Length, command.PipeStep.Bytes.Length, command.IsCut, command.IsRelated);
        return error;
    }

    private static ParseError ReadMessage(ReadOnlySpan<byte> bytes)
    {
        if (SmbMessage.TryParse(bytes, out var message, out var error))
            _ = (message.Content.Length, message.Length, message.IsWhole, message.TotalLength, message.Mark,
                message.IsMarkCut);
        return error;
    }
}
