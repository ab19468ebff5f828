using System.Text;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>Words of a netsh command, and the parameters of <c>add rule</c>.</summary>
internal static class NetshWords
{
    /// <summary>Words of one command that are read; <c>add rule</c> has 17 parameters.</summary>
    private const int MaxWords = 256;

    /// <summary>The words of a command, at blanks outside quotes; quotes are taken away.</summary>
    public static IReadOnlyList<string> Of(string command)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var isQuoted = false;
        foreach (var character in command)
        {
            if (character == '"')
                isQuoted = !isQuoted;
            else if (char.IsWhiteSpace(character) && !isQuoted)
                End();
            else
                word.Append(character);
        }

        End();
        return words;

        void End()
        {
            if (word.Length > 0 && words.Count < MaxWords)
                words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>The property that a parameter of <c>netsh advfirewall firewall add rule</c> sets; null for
    /// another.</summary>
    public static WindowsField? Field(string parameter) => WindowsWords.Fold(parameter) switch
    {
        "name" => WindowsField.DisplayName,
        "dir" => WindowsField.Direction,
        "action" => WindowsField.Action,
        "program" => WindowsField.Program,
        "service" => WindowsField.Service,
        "description" => WindowsField.Description,
        "enable" => WindowsField.Enabled,
        "profile" => WindowsField.Profile,
        "localip" => WindowsField.LocalAddress,
        "remoteip" => WindowsField.RemoteAddress,
        "localport" => WindowsField.LocalPort,
        "remoteport" => WindowsField.RemotePort,
        "protocol" => WindowsField.Protocol,
        "interfacetype" => WindowsField.InterfaceType,
        "rmtmachgrp" or "rmtcomputergrp" => WindowsField.RemoteMachine,
        "rmtusrgrp" => WindowsField.RemoteUser,
        "edge" => WindowsField.NoEffect,
        "security" => WindowsField.Security,
        _ => null,
    };
}
