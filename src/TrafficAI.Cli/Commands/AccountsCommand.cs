using System.CommandLine;
using System.Text;
using TrafficAI.Runtime.Explain;
using TrafficAI.Server.Access;

namespace TrafficAI.Cli.Commands;

/// <summary><c>trafficai accounts</c>: who may log in to a dashboard.</summary>
public static class AccountsCommand
{
    public static Command Create() => new("accounts", "Who may log in to the dashboard: docs/access.md.") { Add(), List(), Remove() };

    private static Option<string> File() => new("--accounts") { Description = "The file.", DefaultValueFactory = _ => "accounts.json" };

    private static Command Add()
    {
        var name = new Argument<string>("NAME") { Description = "1 to 40 of a-z, 0-9, '.', '_' and '-'." };
        var role = new Option<string>("--role") { Description = "viewer, engineer, operator or administrator.", Required = true };
        var area = new Option<string[]>("--area") { Description = "An intersection that they may act on; may be given more than once. Default: all." };
        var language = new Option<string>("--language") { Description = "en, ru or kk.", DefaultValueFactory = _ => Language.All[0].Code };
        var file = File();
        var command = new Command(
            "add",
            """
            Add an account, or give it a new role and password. The password is asked for, or read as one line from standard input.

              trafficai accounts add aigerim --role operator --area ALA-003 --area ALA-005
            """) { name, role, area, language, file };
        command.SetAction(parsed =>
        {
            var who = parsed.GetValue(name)!;
            if (!Account.IsName(who)) throw new InputException($"'{who}' can be no name. Write 1 to 40 of a-z, 0-9, '.', '_' and '-'.");
            if (!Enum.TryParse<Role>(parsed.GetValue(role), ignoreCase: true, out var may) || !Enum.IsDefined(may))
                throw new InputException($"--role: there is no '{parsed.GetValue(role)}'. Choose viewer, engineer, operator or administrator.");
            if (Language.Of(parsed.GetValue(language)!) is null) throw new InputException($"--language: there is no '{parsed.GetValue(language)}'. Choose en, ru or kk.");
            var path = parsed.GetValue(file)!;
            var known = System.IO.File.Exists(path) ? AccountsFile.Read(path) : AccountsFile.Empty;
            var password = AskFor(who);
            known.With(new(who, may, Password.Hash(password), [.. parsed.GetValue(area) ?? []], parsed.GetValue(language)!)).Write(path);
            Console.Out.WriteLine($"{path}: {who} is {may.ToString().ToLowerInvariant()}. Servers read the file when they start.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command List()
    {
        var file = File();
        var command = new Command("list", "List the accounts.") { file };
        command.SetAction(parsed =>
        {
            foreach (var account in AccountsFile.Read(parsed.GetValue(file)!).Accounts)
                Console.Out.WriteLine($"{account.Name,-24} {account.Role.ToString().ToLowerInvariant(),-14} {(account.Areas.IsEmpty ? "everywhere" : string.Join(", ", account.Areas))}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Remove()
    {
        var name = new Argument<string>("NAME");
        var file = File();
        var command = new Command("remove", "Remove an account.") { name, file };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var known = AccountsFile.Read(path);
            if (known.Find(parsed.GetValue(name)!) is not { } account) throw new InputException($"{path}: there is no account '{parsed.GetValue(name)}'. See 'trafficai accounts list'.");
            new AccountsFile(known.Accounts.Remove(account)).Write(path);
            return CommandLine.Done;
        });
        return command;
    }

    /// <exception cref="InputException">It is too short or too long, or was not said twice alike.</exception>
    private static string AskFor(string who)
    {
        string password;
        if (Console.IsInputRedirected)
        {
            password = Console.In.ReadLine() ?? "";
        }
        else
        {
            password = ReadUnseen($"Password of {who}: ");
            if (password != ReadUnseen("Once more: ")) throw new InputException("the two passwords differ. Try again.");
        }

        return password.Length is >= Password.LeastCharacters and <= Password.MostCharacters
            ? password
            : throw new InputException($"a password has {Password.LeastCharacters} to {Password.MostCharacters} characters. Choose another, such as four words.");
    }

    private static string ReadUnseen(string prompt)
    {
        Console.Error.Write(prompt);
        var text = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace) text.Length = Math.Max(0, text.Length - 1);
            else if (!char.IsControl(key.KeyChar)) text.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
