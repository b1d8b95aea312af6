-- Drives Neovim's own language client through what ITK3_ASKED lists, and writes down what a person would see.
-- Works from Neovim 0.7 on; nothing waits but for what must come, and no longer than LIMIT.
local asked = vim.fn.json_decode(os.getenv('ITK3_ASKED'))
local LIMIT = 30000

local transcript, published = {}, {}
local function say(text)
  for _, line in ipairs(vim.split(text, '\n', { plain = true })) do
    table.insert(transcript, (line:gsub('%s+$', '')))
  end
end
local function await(what, condition)
  if not vim.wait(LIMIT, condition, 10) then error('waited in vain for ' .. what) end
end

-- The client ------------------------------------------------------------------------------------------------------

local capabilities = vim.lsp.protocol.make_client_capabilities()
capabilities.general = capabilities.general or {}
capabilities.general.positionEncodings = { asked.encoding }

local ended
local config = {
  name = 'itk3',
  cmd = asked.cmd,
  root_dir = asked.folder,
  capabilities = capabilities,
  -- Newer ones take what the server answers; the older have to be told.
  offset_encoding = asked.encoding,
  settings = { itk3 = asked.settings },
  handlers = {
    ['textDocument/publishDiagnostics'] = function(err, result, context, own)
      published[result.uri] = result
      vim.lsp.handlers['textDocument/publishDiagnostics'](err, result, context, own)
    end,
  },
  on_init = function(client)
    -- Newer ones do that themselves.
    if not vim.lsp.start then client.notify('workspace/didChangeConfiguration', { settings = client.config.settings }) end
  end,
  on_exit = function(code) ended = code end,
}
local client_id
local function attach(buffer)
  if vim.lsp.start then
    client_id = vim.lsp.start(config, { bufnr = buffer })
  else
    client_id = client_id or vim.lsp.start_client(config)
    vim.lsp.buf_attach_client(buffer, client_id)
  end
end

-- The person ------------------------------------------------------------------------------------------------------

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n' end

local function line_now() return vim.trim(vim.api.nvim_get_current_line()) end

--- Puts the cursor on the mark `|` of a piece of the text.
local function go(landmark)
  local before, after = landmark:match('^(.-)|(.*)$')
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  local place = '\\V\\C' .. vim.fn.escape(before, '\\') .. '\\zs' .. vim.fn.escape(after, '\\')
  if vim.fn.search(place, 'cW') == 0 then error('nowhere is ' .. landmark) end
end

local function request(method, params)
  local answers, err = vim.lsp.buf_request_sync(0, method, params, LIMIT)
  if not answers then error(method .. ': ' .. tostring(err)) end
  local answer = answers[client_id] or {}
  if answer.err or answer.error then error(method .. ': ' .. vim.inspect(answer.err or answer.error)) end
  return answer.result
end

local function here() return vim.lsp.util.make_position_params(0, asked.encoding) end

local function changed(before)
  local after = text()
  if before == after then return say('    (nothing changed)') end
  for _, line in ipairs(vim.split(vim.diff(before, after, { ctxlen = 0 }), '\n', { plain = true })) do
    if line ~= '' and not line:match('^\\') then say('    ' .. line) end
  end
end

--- Problems come for each version of a text; those of older ones are no answer.
local function judged()
  local uri = vim.uri_from_bufnr(0)
  await('the problems of ' .. uri, function()
    local one = published[uri]
    return one and one.version == vim.lsp.util.buf_versions[vim.api.nvim_get_current_buf()]
  end)
end

local SEVERITIES = { 'error', 'warning', 'information', 'hint' }

local function told(one)
  local on = vim.api.nvim_buf_get_lines(0, one.lnum, one.lnum + 1, true)[1]
  local marked = one.lnum == one.end_lnum and on:sub(one.col + 1, one.end_col) or vim.trim(on:sub(one.col + 1)) .. ' …'
  return ('%s  %s (%s)\n       %s'):format(marked, SEVERITIES[one.severity], one.code or '', one.message)
end

--- All of them when a file is opened; later only which have come or gone.
local before_it = {}
local function problems(all)
  judged()
  local found = vim.diagnostic.get(0)
  table.sort(found, function(a, b)
    if a.lnum ~= b.lnum then return a.lnum < b.lnum end
    if a.col ~= b.col then return a.col < b.col end
    return a.message < b.message
  end)
  local now, gone = {}, vim.deepcopy(before_it)
  say(('  %d problem%s'):format(#found, #found == 1 and '' or 's'))
  for _, one in ipairs(found) do
    local words = told(one)
    now[words], gone[words] = true, nil
    if all == 'all' then say(('    %d: %s'):format(one.lnum + 1, words))
    elseif not before_it[words] then say(('    new: %d: %s'):format(one.lnum + 1, words)) end
  end
  local names = {}
  if all ~= 'all' then for words in pairs(gone) do table.insert(names, (words:match('^[^\n]*'))) end end
  table.sort(names)
  for _, name in ipairs(names) do say('    gone: ' .. name) end
  before_it = now
end

local DO = {}

function DO.open(file)
  say('\n' .. ('─'):rep(3) .. ' ' .. vim.fn.fnamemodify(file, ':t'))
  vim.cmd('edit! ' .. vim.fn.fnameescape(file))
  vim.bo.expandtab, vim.bo.shiftwidth = true, 2
  attach(vim.api.nvim_get_current_buf())
  say('  as ' .. vim.bo.filetype)
  problems('all')
end

function DO.hover(landmark)
  go(landmark)
  say(('\n  hover on %s'):format(landmark))
  local result = request('textDocument/hover', here())
  local lines = result and vim.lsp.util.convert_input_to_markdown_lines(result.contents) or { '(nothing)' }
  for _, line in ipairs(lines) do say('    ' .. line) end
end

function DO.complete(landmark, wanted)
  local before = text()
  go(landmark)
  say(('\n  complete at %s'):format(landmark))
  local items = (request('textDocument/completion', here()) or {}).items or {}
  table.sort(items, function(a, b) return (a.sortText or a.label) < (b.sortText or b.label) end)
  local labels, chosen = {}, nil
  for i, item in ipairs(items) do
    if i <= 8 then table.insert(labels, item.label) end
    if item.label == wanted then chosen = item end
  end
  say(('    %s%s'):format(table.concat(labels, ', '), #items > 8 and (', … %d in all'):format(#items) or ''))
  if not wanted then return end
  if not chosen then error(wanted .. ' is not offered') end
  say('  accept ' .. wanted)
  vim.lsp.util.apply_text_edits({ chosen.textEdit }, 0, asked.encoding)
  changed(before)
  problems()
end

function DO.act(landmark, title)
  local before = text()
  go(landmark)
  say(('\n  code actions on %s'):format(landmark))
  local done = false
  -- What a person is asked by; plugins put a menu of their own here.
  vim.ui.select = function(items, options, choose)
    for _, item in ipairs(items) do
      local words = options.format_item(item)
      say('    ' .. words)
      if words == title then
        choose(item)
        done = true
      end
    end
    if not done then error(title .. ' is not offered') end
  end
  vim.lsp.buf.code_action()
  await('the action ' .. title, function() return done and text() ~= before end)
  say('  choose ' .. title)
  changed(before)
  problems()
end

function DO.format()
  local before = text()
  say('\n  format')
  if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = LIMIT }) else vim.lsp.buf.formatting_sync(nil, LIMIT) end
  changed(before)
  judged()
end

--- Replaces a piece of the text, as a person does.
function DO.change(landmark, words)
  local piece = landmark:gsub('|', '')
  go('|' .. piece)
  say(('\n  write %s for %s'):format(words, piece))
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_buf_set_text(0, row - 1, column, row - 1, column + #piece, vim.split(words, '\n', { plain = true }))
  problems()
end

function DO.define(landmark)
  go(landmark)
  say(('\n  definition of %s'):format(landmark))
  local from = vim.api.nvim_win_get_cursor(0)
  vim.lsp.buf.definition()
  await('the definition', function() return not vim.deep_equal(from, vim.api.nvim_win_get_cursor(0)) end)
  say(('    line %d: %s'):format(vim.api.nvim_win_get_cursor(0)[1], line_now()))
end

function DO.outline()
  say('\n  outline')
  local function list(symbols, indent)
    for _, symbol in ipairs(symbols) do
      say(('    %s%s%s'):format(indent, symbol.name, symbol.detail and ' · ' .. symbol.detail or ''))
      list(symbol.children or {}, indent .. '  ')
    end
  end
  list(request('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() }) or {}, '')
end

-- The visit -------------------------------------------------------------------------------------------------------

local succeeded, problem = xpcall(function()
  vim.cmd('filetype on')
  for _, step in ipairs(asked.steps) do DO[step[1]](unpack(step, 2)) end
  local client = vim.lsp.get_client_by_id(client_id)
  local answered = (client.server_capabilities or {}).positionEncoding
  if answered ~= asked.encoding then error('columns were to count ' .. asked.encoding .. ', not ' .. tostring(answered)) end
  client.stop()
  await('the end of the server', function() return ended ~= nil end)
  say(('\nThe server ended with %d.'):format(ended))
end, debug.traceback)

local file = assert(io.open(asked.result, 'w'))
file:write(vim.fn.json_encode({ transcript = transcript, published = published, problem = succeeded and vim.NIL or problem }))
file:close()
vim.cmd('qall!')
